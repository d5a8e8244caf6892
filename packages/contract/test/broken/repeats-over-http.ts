import { brokenHttp } from "./over-http.js";

/** Goes where a redirect points, with the key and the guest's data, before it gives up. */
export const repeatsOverHttp = brokenHttp("follows a redirect over HTTP", "faults: no fault makes a provider ask twice", (http) => ({
  async request(request) {
    const response = await http.request(request);
    const place = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && place !== undefined) await http.request({ ...request, template: place, params: {} });
    return response;
  },
}));
