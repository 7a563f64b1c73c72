// A driver of Chromium over a pipe, with nothing but Node: start one, open a
// page, evaluate in it, take its picture, stop.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// start returns a browser, with a profile of its own that stop removes.
export function start() {
  const program = process.env.CHROMIUM || programs.find((p) => existsSync(p));
  if (!program) throw new Error("chromium is missing: run scripts/tools");
  const profile = mkdtempSync(join(tmpdir(), "quire-web-"));
  const child = spawn(program, [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe", "--user-data-dir=" + profile, "about:blank",
  ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , to, from] = child.stdio;
  const waiting = new Map();
  const listeners = [];
  let last = 0, rest = "";
  from.setEncoding("utf8");
  from.on("data", (text) => {
    const parts = (rest + text).split("\0");
    rest = parts.pop();
    for (const part of parts) {
      const message = JSON.parse(part);
      if (message.id) {
        const { resolve, reject } = waiting.get(message.id);
        waiting.delete(message.id);
        message.error ? reject(new Error(message.error.message)) : resolve(message.result);
      } else {
        listeners.slice().forEach((l) => l(message));
      }
    }
  });
  const send = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, { resolve, reject });
    to.write(JSON.stringify({ id, method, params, sessionId }) + "\0");
  });
  child.on("exit", () => waiting.forEach(({ reject }) => reject(new Error("chromium ended"))));
  return {
    send, listeners,
    async stop() {
      const ended = new Promise((done) => child.on("exit", done));
      await send("Browser.close").catch(() => child.kill("SIGKILL"));
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

// open opens a page of some width and height; told collects what its console
// and the browser complain of, and requests that leave the computer.
export async function open(browser, url, { width = 1440, height = 900, dark = false, script = true, bypass = false } = {}) {
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params) => browser.send(method, params, sessionId);
  const told = [], asked = {};
  const listen = (m) => {
    if (m.sessionId !== sessionId) return;
    if (m.method === "Log.entryAdded") told.push(m.params.entry.text);
    if (m.method === "Runtime.exceptionThrown") told.push(m.params.exceptionDetails.exception?.description || m.params.exceptionDetails.text);
    if (m.method === "Runtime.consoleAPICalled") told.push(m.params.args.map((a) => a.value).join(" "));
    if (m.method === "Network.requestWillBeSent" && !/^(data|file|about|blob):/.test(m.params.request.url)) told.push(asked[m.params.requestId] = "asked for " + m.params.request.url);
    if (m.method === "Network.loadingFailed" && m.params.blockedReason === "csp" && told.includes(asked[m.params.requestId])) told.splice(told.indexOf(asked[m.params.requestId]), 1);
  };
  browser.listeners.push(listen);
  await Promise.all(["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"].map((m) => send(m)));
  await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
  await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
  if (!script) await send("Emulation.setScriptExecutionDisabled", { value: true });
  if (bypass) await send("Page.setBypassCSP", { enabled: true });
  const page = {
    told, send,
    async go(to) {
      const loaded = new Promise((done) => {
        const l = (m) => {
          if (m.sessionId === sessionId && m.method === "Page.loadEventFired") {
            browser.listeners.splice(browser.listeners.indexOf(l), 1);
            done();
          }
        };
        browser.listeners.push(l);
      });
      await send("Page.navigate", { url: to });
      await loaded;
    },
    // run evaluates an expression, or a promise of one, and returns its value.
    async run(expression) {
      const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true, userGesture: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
      return result.value;
    },
    async key(key, code = key) {
      const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
      const codes = { Enter: 13, Escape: 27, Tab: 9, ArrowDown: 40, ArrowUp: 38 };
      const what = { key, code, text, windowsVirtualKeyCode: codes[key] || 0 };
      await send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", ...what });
      await send("Input.dispatchKeyEvent", { type: "keyUp", ...what });
    },
    async picture(full = false) {
      const { data } = await send("Page.captureScreenshot", { format: "png", captureBeyondViewport: full });
      return Buffer.from(data, "base64");
    },
    async pdf() {
      const { data } = await send("Page.printToPDF", { preferCSSPageSize: true, printBackground: false });
      return Buffer.from(data, "base64");
    },
    async close() {
      browser.listeners.splice(browser.listeners.indexOf(listen), 1);
      await browser.send("Target.closeTarget", { targetId });
    },
  };
  await page.go(url);
  return page;
}
