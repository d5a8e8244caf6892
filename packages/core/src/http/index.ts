export { axiosHttpClient, type AxiosLike } from "./axios-client.js";
export type { WireOptions } from "./options.js";
export { undiciHttpClient } from "./undici-client.js";
