(function (doc, root) {
  var box = doc.querySelector(".search");
  if (!box) return;
  var field = box.querySelector("input"), list = box.querySelector(".hits"), told = box.querySelector(".told");
  var most = 40, passages = null, loading = false;

  // fold makes words equal that people take for equal: é is e, ß is ss.
  var letters = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ſ": "s", "’": "'", "ς": "σ" };
  var fold = function (s) {
    return s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßæœøłđðþıſ’ς]/g, function (c) { return letters[c]; });
  };
  var word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}’']*/gu;
  var words = function (text) {
    return Array.from(text.matchAll(word), function (m) { return { at: m.index, end: m.index + m[0].length, key: fold(m[0]) }; });
  };
  // Some scripts have no space between words: there a word may begin anywhere.
  var unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
  var fits = function (key, wanted) { return unspaced.test(wanted) ? key.indexOf(wanted) >= 0 : key.startsWith(wanted); };

  var prepare = function () {
    passages = quireIndex.map(function (p) { return { href: p[0], title: p[1], text: p[2], names: words(p[1]), words: words(p[2]) }; });
  };
  // find returns the passages that have all words, those first whose title has
  // them, then those that say them most often.
  var find = function (query) {
    var wanted = words(query).map(function (w) { return w.key; });
    if (!wanted.length) return null;
    var hits = [];
    passages.forEach(function (p, order) {
      var score = 0, marks = [];
      var all = wanted.every(function (w, nth) {
        var named = p.names.some(function (n) { return fits(n.key, w); });
        var said = p.words.filter(function (n) { return fits(n.key, w); });
        score += Math.min(said.length, 20) + (named ? 30 : 0);
        marks = marks.concat(said.map(function (n) { return { at: n.at, end: n.end, nth: nth }; }));
        return named || said.length;
      });
      if (all) hits.push({ passage: p, score: score, order: order, marks: marks.sort(function (a, b) { return a.at - b.at; }) });
    });
    return hits.sort(function (a, b) { return b.score - a.score || a.order - b.order; });
  };
  // best is the first mark behind which most of the words stand close together.
  var best = function (marks) {
    var found = marks[0], most = 0;
    marks.forEach(function (m) {
      var near = new Set(marks.filter(function (n) { return n.at >= m.at && n.end <= m.at + 110; }).map(function (n) { return n.nth; })).size;
      if (near > most) { most = near; found = m; }
    });
    return found;
  };
  // snippet writes the words around the best hit, with hits marked.
  var snippet = function (hit) {
    var text = hit.passage.text, out = doc.createElement("span"), marks = hit.marks.slice(0, 200);
    var from = marks.length ? Math.max(0, best(marks).at - 60) : 0;
    if (from > 0) from = text.indexOf(" ", from) + 1;
    var to = Math.min(text.length, from + 180), at = from;
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 60);
    if (from > 0) out.append("… ");
    marks.forEach(function (m) {
      if (m.at < at || m.end > to) return;
      var mark = doc.createElement("mark");
      mark.textContent = text.slice(m.at, m.end);
      out.append(text.slice(at, m.at), mark);
      at = m.end;
    });
    out.append(text.slice(at, to) + (to < text.length ? " …" : ""));
    return out;
  };
  var show = function () {
    if (!passages) return;
    var hits = find(field.value);
    list.replaceChildren();
    if (!hits) { told.textContent = ""; return; }
    told.textContent = !hits.length ? told.dataset.none : hits.length > most ? "1–" + most + " / " + hits.length : String(hits.length);
    hits.slice(0, most).forEach(function (hit) {
      var item = doc.createElement("li"), a = doc.createElement("a"), title = doc.createElement("b");
      a.href = hit.passage.href;
      title.textContent = hit.passage.title;
      a.append(title, snippet(hit));
      item.append(a);
      list.append(item);
    });
  };
  var load = function () {
    if (loading) return;
    loading = true;
    var script = doc.createElement("script");
    script.src = "search-index.js";
    script.onload = function () { prepare(); show(); };
    script.onerror = function () { loading = false; };
    doc.head.append(script);
  };

  box.hidden = false;
  box.addEventListener("toggle", function () { if (box.open) { load(); field.focus(); field.select(); } });
  field.addEventListener("input", show);
  box.querySelector("form").addEventListener("submit", function (e) {
    e.preventDefault();
    var a = list.querySelector("a");
    if (a) a.click();
  });
  list.addEventListener("click", function (e) { if (e.target.closest("a")) box.open = false; });
  box.addEventListener("keydown", function (e) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!step) return;
    var stops = [field].concat(Array.from(list.querySelectorAll("a")));
    var next = stops[stops.indexOf(doc.activeElement) + step];
    if (next) { next.focus(); e.preventDefault(); }
  });
  doc.addEventListener("keydown", function (e) {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    e.preventDefault();
    box.open = true;
  });
})(document, document.documentElement);
