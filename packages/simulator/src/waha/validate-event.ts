import { isObject, type JsonObject } from "../json.js";

const NUMBER = "must be a number conforming to the specified constraints";

/**
 * The messages of the validating releases about the body of `POST /api/{session}/events`. `chatId` and `reply_to` stay unvalidated even there,
 * and fractional seconds pass. An empty list means valid.
 */
export const eventProblems = (body: unknown): readonly string[] => {
  const event = isObject(body) ? body["event"] : undefined;
  if (event === undefined || event === null || event === "") return ["event should not be empty"];
  if (typeof event !== "object") return ["nested property event must be either object or array"];
  if (!isObject(event)) return [];
  return [...required(event, "name", "a string", "string"), ...given(event, "description", "string", "must be a string"), ...required(event, "startTime", "a number", "number"),
    ...given(event, "endTime", "number", NUMBER), ...locationProblems(event["location"]), ...given(event, "extraGuestsAllowed", "boolean", "must be a boolean value")];
};

const required = (event: JsonObject, key: string, what: string, type: "string" | "number", path = "event"): readonly string[] => {
  const value = event[key];
  const empty = value === undefined || value === null || value === "" ? [`${path}.${key} should not be empty`] : [];
  const wrong = typeof value === type ? [] : [`${path}.${key} ${type === "number" ? NUMBER : `must be ${what}`}`];
  return [...empty, ...wrong];
};

const given = (event: JsonObject, key: string, type: "string" | "number" | "boolean", problem: string): readonly string[] => {
  const value = event[key];
  return value === undefined || value === null || typeof value === type ? [] : [`event.${key} ${problem}`];
};

const locationProblems = (location: unknown): readonly string[] => {
  if (location === undefined || location === null) return [];
  if (typeof location !== "object") return ["event.nested property location must be either object or array"];
  return isObject(location) ? required(location, "name", "a string", "string", "event.location") : [];
};
