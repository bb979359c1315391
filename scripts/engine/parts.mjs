const [exe, script] = process.platform === "win32" ? [".exe", ".cmd"] : ["", ""];

/** The engine itself. */
export const PULUMI = `pulumi${exe}`;

/** What runs programs written for Node. */
export const LANGUAGE_HOST = `pulumi-language-nodejs${exe}`;

/** What runs dynamic resources of Node programs: a small script. */
export const DYNAMIC_PROVIDER = `pulumi-resource-pulumi-nodejs${script}`;
