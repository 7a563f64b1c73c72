// Reads a book in Chromium as people do: node reader.mjs FOLDER
// FOLDER holds site/ and one.html of the specimen, and hostile.html. What does
// not happen as it should is printed, and makes it fail.
import { pathToFileURL } from "node:url";
import { open, start } from "../../../tools/web/chromium.mjs";

const folder = process.argv[2];
const at = (name) => pathToFileURL(folder + "/" + name).href;
let faults = 0;
const want = (what, got, wanted) => {
  if (JSON.stringify(got) === JSON.stringify(wanted)) return;
  faults++;
  console.log(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(wanted)}`);
};
const browser = start();

// The search: words begin anywhere in the book, accents do not matter, all
// words must be there.
const page = await open(browser, at("site/chapter-02.html"));
await page.key("/", "Slash");
await page.run(`new Promise((done) => { const wait = () => typeof quireIndex === "undefined" ? requestAnimationFrame(wait) : requestAnimationFrame(done); wait(); })`);
want("the slash goes to the search", await page.run("document.activeElement.name"), "q");
const search = (query) => page.run(`(() => { const f = document.querySelector(".search input"); f.value = ${JSON.stringify(query)}; f.dispatchEvent(new Event("input"));
  return Array.from(document.querySelectorAll(".hits a"), (a) => a.getAttribute("href")); })()`);
want("a beginning of a word is found", (await search("Fabrian")).includes("chapter-02.html"), true);
want("two words must both be there", await search("fabriano hydrogen"), []);
want("no hit is said", await page.run(`document.querySelector(".told").textContent`), "No results");
want("Greek without its accents is found", await search("διορθωτης"), ["chapter-05.html#marks"]);
want("umlauts may be left out", await search("draussen fiel regen"), ["chapter-05.html#marks"]);
want("a note is found", await search("comma hydrogen"), []);
want("a note is found by its words", await search("hydrogen bonds cellulose"), ["chapter-02.html#paper-note-1"]);
want("a cell of a table is found", (await search("antiquarian largest"))[0], "chapter-08.html");
want("a hit shows its words where they stand together", await page.run(`Array.from(document.querySelector(".hits a").querySelectorAll("mark"), (m) => m.textContent)`), ["Antiquarian", "largest"]);
want("nothing is asked for nothing", await search("  "), []);
await search("hydrogen");
want("hits are marked", await page.run(`document.querySelector(".hits mark").textContent`), "Hydrogen");
await page.key("ArrowDown");
want("the arrow goes to the first hit", await page.run("document.activeElement.getAttribute('href')"), "chapter-02.html#paper-note-1");
await page.key("Escape");
want("Escape closes the search", await page.run("document.querySelector('.search').open"), false);

// A note opens at its mark, takes the focus, and gives it back.
await page.run(`document.querySelector("a.mark").focus()`);
await page.key("Enter");
want("the note opens", await page.run(`document.querySelector(".popup-text")?.textContent.includes("Hydrogen bonds")`), true);
want("the note has the focus", await page.run(`document.activeElement.className`), "popup");
want("no ID is there twice", await page.run(`(() => { const all = Array.from(document.querySelectorAll("[id]"), (e) => e.id); return all.length - new Set(all).size; })()`), 0);
await page.key("Escape");
want("Escape closes the note", await page.run(`document.querySelectorAll(".popup").length`), 0);
want("the focus is back", await page.run(`document.activeElement.className`), "mark");

// The theme is the system's until one is chosen; then it stays on every page.
want("light is the system's", await page.run(`document.querySelector("[name=theme]:checked").value`), "light");
await page.run(`document.querySelector("[value=sepia]").click()`);
await page.run(`document.querySelector("[data-size='1']").click()`);
await page.go(at("site/index.html"));
want("the theme stays", await page.run(`getComputedStyle(document.body).backgroundColor`), "rgb(245, 235, 215)");
want("the size stays", await page.run(`document.documentElement.dataset.size`), "1");
want("the site's console", page.told, []);
await page.close();

// Without scripts nothing is shown that needs them.
const plain = await open(browser, at("site/chapter-02.html"), { script: false });
const { root } = await plain.send("DOM.getDocument");
const { nodeIds } = await plain.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "details.look[hidden], details.search[hidden], details.drawer:not([hidden])" });
want("controls without scripts", nodeIds.length, 3);
await plain.close();

// One file: its own scripts run, no other does.
const one = await open(browser, at("one.html"), { dark: true });
await one.run("localStorage.clear()");
await one.go(at("one.html"));
want("dark is the system's", await one.run(`[document.querySelector("[name=theme]:checked").value, getComputedStyle(document.body).backgroundColor]`), ["dark", "rgb(22, 23, 26)"]);
want("pictures are shown", await one.run(`Promise.all(Array.from(document.images, (i) => (i.loading = "eager", i.decode().then(() => 0, () => 1)))).then((all) => all.reduce((a, b) => a + b))`), 0);
want("the file's console", one.told, []);
await one.run(`{ const s = document.createElement("script"); s.textContent = "window.broken = 1"; document.body.append(s);
  const p = document.createElement("p"); p.innerHTML = "<img src=x onerror='window.broken = 1'><img src='https://quire.invalid/x.png'>"; document.body.append(p); 0 }`);
want("a script that slipped in does not run", await one.run(`new Promise((done) => setTimeout(() => done(window.broken || 0), 200))`), 0);
want("nothing was asked for elsewhere", one.told.filter((t) => t.startsWith("asked for")), []);
await one.close();

const hostile = await open(browser, at("hostile.html"));
want("the hostile book's title", await hostile.run("document.title.includes('</script>')"), true);
want("the hostile book's console", hostile.told, []);
await hostile.close();
await browser.stop();
process.exit(faults > 0 ? 1 : 0);
