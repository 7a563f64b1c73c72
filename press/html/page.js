"use strict";
(function (doc, root) {
  var keep = function (key, value) { try { localStorage.setItem(key, value); } catch (e) { /* it lasts until the page is left */ } };

  // Theme: three radios. The one in force is checked, chosen or not.
  var look = doc.querySelector(".look");
  var night = matchMedia("(prefers-color-scheme: dark)");
  var radios = look.querySelectorAll("input");
  var check = function () {
    var now = root.dataset.theme || (night.matches ? "dark" : "light");
    radios.forEach(function (r) { r.checked = r.value === now; });
  };
  check();
  night.addEventListener("change", check);
  radios.forEach(function (r) {
    r.addEventListener("change", function () { root.dataset.theme = r.value; keep("quire-theme", r.value); });
  });

  // Size: steps from -3 to 6.
  look.querySelectorAll("button").forEach(function (b) {
    b.addEventListener("click", function () {
      var size = Math.max(-3, Math.min(6, Number(root.dataset.size || 0) + Number(b.dataset.size)));
      root.dataset.size = size;
      keep("quire-size", size);
    });
  });
  look.hidden = false;

  // Panels close on Escape and on a click elsewhere; one is open at a time.
  var panels = doc.querySelectorAll(".bar details");
  panels.forEach(function (p) {
    p.addEventListener("toggle", function () {
      if (!p.open) return;
      panels.forEach(function (other) { if (other !== p) other.open = false; });
      var here = p.querySelector("[aria-current=page]");
      if (here) here.scrollIntoView({ block: "center" });
    });
    p.addEventListener("keydown", function (e) {
      if (e.key !== "Escape" || !p.open) return;
      p.open = false;
      p.querySelector("summary").focus();
    });
  });
  doc.addEventListener("click", function (e) {
    panels.forEach(function (p) { if (p.open && !p.contains(e.target)) p.open = false; });
  });

  // Notes open where they are marked: on hover to look at, on click to stay.
  var popup = null, mark = null, wait = 0;
  var close = function (back) {
    clearTimeout(wait);
    if (!popup) return;
    popup.remove();
    popup = null;
    if (back && mark) mark.focus();
  };
  var place = function (a) {
    var at = a.getBoundingClientRect(), box = popup.getBoundingClientRect(), page = root.clientWidth, gap = 10;
    var left = Math.max(gap, Math.min(at.left + at.width / 2 - box.width / 2, page - box.width - gap));
    var above = at.top - box.height - gap, top = above > 56 ? above : at.bottom + gap;
    popup.style.left = left + scrollX + "px";
    popup.style.top = top + scrollY + "px";
  };
  var open = function (a, stay) {
    var note = doc.getElementById(decodeURIComponent(a.hash.slice(1)));
    if (!note) return false;
    close(false);
    mark = a;
    popup = doc.getElementById("Popup").content.firstElementChild.cloneNode(true);
    var text = note.firstElementChild.cloneNode(true);
    text.querySelectorAll("[id]").forEach(function (e) { e.removeAttribute("id"); });
    text.querySelectorAll(".back").forEach(function (e) { e.remove(); });
    popup.firstElementChild.append(text);
    popup.setAttribute("aria-label", a.textContent);
    popup.querySelector("button").addEventListener("click", function () { close(true); });
    popup.addEventListener("mouseleave", leave);
    popup.addEventListener("mouseenter", function () { clearTimeout(wait); });
    popup.addEventListener("focusout", function (e) { if (popup && e.relatedTarget && !popup.contains(e.relatedTarget)) close(false); });
    popup.dataset.stay = stay ? "yes" : "";
    doc.getElementById("Text").append(popup);
    place(a);
    if (stay) popup.focus({ preventScroll: true });
    return true;
  };
  var leave = function () {
    clearTimeout(wait);
    wait = setTimeout(function () { if (popup && !popup.dataset.stay) close(false); }, 250);
  };
  doc.querySelectorAll("a.mark").forEach(function (a) {
    a.addEventListener("click", function (e) {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return;
      if (open(a, true)) { e.preventDefault(); e.stopPropagation(); }
    });
    a.addEventListener("pointerenter", function (e) {
      if (e.pointerType !== "mouse" || popup && popup.dataset.stay) return;
      clearTimeout(wait);
      wait = setTimeout(function () { open(a, false); }, 150);
    });
    a.addEventListener("pointerleave", function (e) { if (e.pointerType === "mouse") leave(); });
  });
  doc.addEventListener("keydown", function (e) { if (e.key === "Escape") close(true); });
  doc.addEventListener("click", function (e) { if (popup && !popup.contains(e.target)) close(false); });
  addEventListener("resize", function () { if (popup && mark) place(mark); });
})(document, document.documentElement);
