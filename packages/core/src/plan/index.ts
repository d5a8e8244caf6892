export { makePlan, type PlanInput } from "./make-plan.js";
export type { Plan, PlanItem, Policy } from "./plan-types.js";
export { requirementsOf, withoutFields, type Requirement } from "./requirements.js";
export { unsupported } from "./unsupported.js";
