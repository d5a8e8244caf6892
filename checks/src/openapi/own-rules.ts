import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { WAHA_REQUESTS, type RequestRule } from "./waha-requests.js";
import { paramsOf, type WireRequest } from "./wire-request.js";

interface CompiledRule {
  readonly rule: RequestRule;
  readonly params: ValidateFunction;
  readonly query: ValidateFunction;
  readonly body: ValidateFunction | undefined;
}

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const compiled: readonly CompiledRule[] = WAHA_REQUESTS.map((rule) => ({
  rule,
  params: ajv.compile({ type: "object", properties: rule.params, required: Object.keys(rule.params), additionalProperties: false }),
  query: ajv.compile(rule.query),
  body: rule.body && ajv.compile(rule.body),
}));

/** What the rules of these requests say against one. A path with fewer free segments wins, as in a router. */
export function breachesOfRules(request: WireRequest): readonly string[] {
  const [matching] = compiled
    .flatMap((each) => {
      const params = paramsOf(each.rule.path, request.path);
      return params === undefined || each.rule.method !== request.method ? [] : [{ ...each, given: params }];
    })
    .sort((a, b) => Object.keys(a.given).length - Object.keys(b.given).length);
  if (matching === undefined) return ["no such request"];
  return [
    ...problems("path", matching.params, matching.given),
    ...problems("query", matching.query, request.query),
    ...(matching.body === undefined ? (request.body === undefined ? [] : ["body: there must be none"]) : problems("body", matching.body, request.body)),
    ...(Object.keys(request.headers).every((name) => name === "x-api-key") ? [] : ["headers: only the key"]),
  ];
}

function problems(where: string, validate: ValidateFunction, value: unknown): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${where}${instancePath}: ${message ?? "is wrong"}`);
}
