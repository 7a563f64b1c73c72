// Validates HTML files with the Nu checker: node validate.mjs FILE…
// Prints what it finds, a line each, and fails if that is anything.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const jar = fileURLToPath(new URL("node_modules/vnu-jar/build/dist/vnu.jar", import.meta.url));
if (!existsSync(jar)) {
  console.error("the validator is missing: run scripts/tools");
  process.exit(2);
}
const run = spawnSync("java", ["-Xss8m", "-Xmx512m", "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", ...process.argv.slice(2)], { encoding: "utf8", maxBuffer: 1 << 28 });
if (run.error || run.status !== 0) {
  console.error("java is missing or failed: run scripts/tools\n" + (run.error?.message || run.stderr));
  process.exit(2);
}
// The checker does not know hashes in a policy, nor data addresses (axe.mjs
// opens the pages in a browser, which tells what a policy stops), and guesses
// languages by chance.
const messages = JSON.parse(run.stdout).messages.filter((m) => !/violates Content Security Policy|appears to be written in/.test(m.message));
for (const m of messages) {
  const file = (m.url || "").split("/").pop();
  console.log(`${file}:${m.lastLine || 0}: ${m.subType || m.type}: ${m.message} ${JSON.stringify((m.extract || "").slice(0, 160))}`);
}
process.exit(messages.length > 0 ? 1 : 0);
