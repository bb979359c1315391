import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

/** What a page is opened with. */
export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly script?: boolean;
  readonly print?: boolean;
}

/** A page in a real browser. */
export interface Page {
  /** What an expression is, as JSON; promises are waited for. Throws what it throws. */
  readonly evaluate: <T = unknown>(expression: string) => Promise<T>;
  /** Presses a key, such as `ArrowDown`, `Tab` or `a`. */
  readonly press: (key: string) => Promise<void>;
  /** Waits until an expression is true, at most ten seconds. */
  readonly until: (expression: string) => Promise<void>;
  readonly screenshot: (file: string) => Promise<void>;
  readonly pdf: (file: string) => Promise<void>;
  readonly emulate: (options: PageOptions) => Promise<void>;
  /** Errors, warnings and refusals of the page's policy, and every address that it asked for besides its own. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** A browser that runs. */
export interface Browser {
  readonly open: (html: string, options?: PageOptions) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** What is read of the messages of the protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: {
    readonly exceptionDetails?: unknown;
    readonly entry?: { readonly text: string };
    readonly args?: unknown;
    readonly request?: { readonly url: string };
  };
  readonly result?: Result;
  readonly error?: { readonly message: string };
}

interface Result {
  readonly targetId?: string;
  readonly sessionId?: string;
  readonly data?: string;
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: unknown;
}

/** Starts a Chromium and speaks its DevTools protocol over pipes: no port, and no package. */
export async function startChromium(program: string): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), "sei-browser-"));
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child: ChildProcess = spawn(
    program,
    [
      ...["--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--hide-scrollbars"],
      ...["--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"],
      ...root,
      `--user-data-dir=${join(folder, "profile")}`,
    ],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const input = child.stdio[3] as Writable;
  const output = child.stdio[4] as Readable;
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Set<(message: Message) => void>();
  let last = 0;
  let rest = "";
  output.setEncoding("utf8");
  output.on("data", (text: string) => {
    const parts = (rest + text).split("\0");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const message = JSON.parse(part) as Message;
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      else for (const listener of listeners) listener(message);
    }
  });
  const send = (method: string, params: object = {}, sessionId?: string): Promise<Result> =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });

  let pages = 0;
  return {
    open: async (html, options = {}) => {
      pages += 1;
      const file = join(folder, `page-${pages}.html`);
      await writeFile(file, html);
      const { targetId } = await send("Target.createTarget", { url: "about:blank" });
      const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
      const tell = (method: string, params?: object) => send(method, params, sessionId);
      const complaints: string[] = [];
      let loaded = (): void => {};
      const load = new Promise<void>((resolve) => {
        loaded = resolve;
      });
      const listen = (message: Message): void => {
        if (message.sessionId !== sessionId) return;
        const { method, params } = message;
        const asked = params?.request?.url;
        if (method === "Page.loadEventFired") loaded();
        if (method === "Runtime.exceptionThrown") complaints.push(JSON.stringify(params?.exceptionDetails));
        if (method === "Log.entryAdded") complaints.push(params?.entry?.text ?? "");
        if (method === "Runtime.consoleAPICalled") complaints.push(JSON.stringify(params?.args));
        if (asked !== undefined && asked !== pathToFileURL(file).href) complaints.push(`asks for ${asked}`);
      };
      listeners.add(listen);
      for (const domain of ["Page", "Runtime", "Log", "Network"]) await tell(`${domain}.enable`);
      const emulate = async ({
        width = 1280,
        height = 900,
        dark = false,
        script = true,
        print = false,
      }: PageOptions) => {
        await tell("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
        await tell("Emulation.setEmulatedMedia", {
          media: print ? "print" : "",
          features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }],
        });
        await tell("Emulation.setScriptExecutionDisabled", { value: !script });
      };
      await emulate(options);
      await tell("Page.navigate", { url: pathToFileURL(file).href });
      await load;
      const evaluate = async <T>(expression: string): Promise<T> => {
        const { result, exceptionDetails } = await tell("Runtime.evaluate", {
          expression,
          returnByValue: true,
          awaitPromise: true,
        });
        if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
        return result?.value as T;
      };
      const save = async (file: string, { data }: Result): Promise<void> =>
        writeFile(file, Buffer.from(data ?? "", "base64"));
      return {
        evaluate,
        complaints,
        emulate,
        press: async (key) => {
          const [virtual, text] = key.length === 1 ? [key.toUpperCase().charCodeAt(0), key] : (KEYS[key] ?? [0]);
          const same = { key, windowsVirtualKeyCode: virtual, ...(text === undefined ? {} : { text }) };
          await tell("Input.dispatchKeyEvent", { type: text === undefined ? "rawKeyDown" : "keyDown", ...same });
          await tell("Input.dispatchKeyEvent", { type: "keyUp", ...same });
        },
        until: async (expression) => {
          for (let tries = 0; tries < 200; tries += 1) {
            if (await evaluate<boolean>(`Boolean(${expression})`)) return;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          throw new Error(`was never true: ${expression}`);
        },
        screenshot: async (to) => save(to, await tell("Page.captureScreenshot", { format: "png" })),
        pdf: async (to) => save(to, await tell("Page.printToPDF", { printBackground: true })),
        close: async () => {
          listeners.delete(listen);
          await send("Target.closeTarget", { targetId });
        },
      };
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await send("Browser.close").catch(() => child.kill());
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const KEYS: Readonly<Record<string, readonly [code: number, text?: string]>> = {
  Tab: [9],
  Enter: [13, "\r"],
  Escape: [27],
  PageUp: [33],
  PageDown: [34],
  End: [35],
  Home: [36],
  ArrowLeft: [37],
  ArrowUp: [38],
  ArrowRight: [39],
  ArrowDown: [40],
};
