// Examines HTML files with axe in Chromium: node axe.mjs FILE…
// Each is opened in light, sepia and dark, on a desk and on a phone; what axe
// calls a violation, what the console says, what is fetched from elsewhere and
// what is wider than the screen are printed, a line each, and make it fail.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open, start } from "./chromium.mjs";

const at = fileURLToPath(new URL("node_modules/axe-core/axe.min.js", import.meta.url));
if (!existsSync(at)) {
  console.error("axe is missing: run scripts/tools");
  process.exit(2);
}
const axe = readFileSync(at, "utf8");
const looks = [["light", 1440, 900], ["sepia", 768, 1024], ["dark", 390, 844]];
let browser, faults = 0;
const tell = (text) => { faults++; console.log(text); };

try {
  browser = start();
  for (const file of process.argv.slice(2)) {
    const name = file.split("/").slice(-2).join("/");
    for (const [theme, width, height] of looks) {
      const page = await open(browser, pathToFileURL(file).href, { width, height });
      await page.run(`document.documentElement.dataset.theme = ${JSON.stringify(theme)}`);
      await page.run(axe + "; 0");
      const violations = JSON.parse(await page.run(`axe.run(document, { resultTypes: ["violations"], preload: false }).then((r) => JSON.stringify(r.violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + " " + (n.any[0]?.message || "")) }))))`));
      for (const v of violations) tell(`${name} (${theme}): ${v.id}: ${v.help}: ${v.nodes.join(" | ")}`);
      const over = await page.run("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (over > 0) tell(`${name} (${theme}): ${over} pixels wider than ${width}`);
      for (const t of page.told) tell(`${name} (${theme}): ${t}`);
      await page.close();
    }
  }
} catch (e) {
  console.error(e.message);
  process.exitCode = 2;
} finally {
  await browser?.stop();
}
if (faults > 0) process.exitCode = 1;
