import { version } from "../../package.json";

/** The version of this project, as its reports name it. */
export const VERSION: string = version;
