/** The official command that installs Pulumi, by platform. */
const INSTALL = { darwin: "brew install pulumi/tap/pulumi", win32: "winget install pulumi" };

/** No engine could be had. The message says how to install one on this system. */
export class NoEngineError extends Error {
  constructor() {
    const install =
      INSTALL[/** @type {keyof typeof INSTALL} */ (process.platform)] ?? "curl -fsSL https://get.pulumi.com | sh";
    super(
      `There is no Pulumi engine, and none could be fetched or built (the lines above say why). Install it with\n\n    ${install}\n\nor install Go 1.25 or newer, and run this again to build it.`,
    );
    this.name = "NoEngineError";
  }
}
