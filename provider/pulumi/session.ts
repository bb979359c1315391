import type { Contributors } from "../apply/find-contributors.js";
import type { People } from "../report/people.js";
import { type Progress, progressOn } from "../report/progress.js";
import { connect } from "../sei/client.js";
import type { SeiReader } from "../sei/reader.js";
import type { SeiWriter } from "../sei/writer.js";
import { CleanError } from "./clean-error.js";
import { type GetConfig, NAMESPACE, peopleFrom, readSettings, type Settings, targetMismatch } from "./settings.js";

/** The settings and a connection made with them. */
export interface Session {
  readonly settings: Settings;
  readonly reader: SeiReader;
  readonly writer: SeiWriter;
  /** The v1 API of the account. */
  readonly contributors: Contributors;
  /** How far an apply is, as a line now and then. */
  readonly progress: Progress;
}

/**
 * Opens sessions for one provider. The settings are read when they are needed, not in `configure`: the host does not
 * wait for `configure` before it makes parallel calls, so nothing in it may take time.
 */
export class Sessions {
  #getConfig: GetConfig = () => undefined;
  #open: { readonly key: string; readonly session: Session } | null = null;

  configure(getConfig: GetConfig): void {
    this.#getConfig = getConfig;
  }

  /** How far people may be named; needs no key. */
  people(): People {
    return peopleFrom(this.#getConfig(`${NAMESPACE}:people`));
  }

  /** @throws SettingsError when something is not set, or cannot be used. */
  open(): Session {
    const settings = readSettings(this.#getConfig, process.env);
    const key = JSON.stringify(settings);
    if (this.#open?.key === key) return this.#open.session;
    const { target, apiKey, auth, generation } = settings;
    const progress = progressOn({
      stream: { write: (text: string) => console.log(text.trimEnd()) },
      now: () => performance.now(),
    });
    const { reader, writer, contributors } = connect({
      endpoint: target.endpoint,
      apiKey,
      auth,
      generation,
      ...(target.account === "" ? {} : { account: target.account }),
      onWait: (message) => console.log(message),
      onWrite: progress.wrote,
    });
    const session = { settings, reader, writer, contributors, progress };
    this.#open = { key, session };
    return session;
  }

  /**
   * Opens the session for a resource that exists: the settings must name the account it was created in.
   *
   * @throws CleanError when they name another; SettingsError.
   */
  openFor(state: { readonly endpoint?: unknown; readonly account?: unknown }): Session {
    const session = this.open();
    const mismatch = targetMismatch(state, session.settings.target);
    if (mismatch !== null) throw new CleanError(mismatch);
    return session;
  }
}
