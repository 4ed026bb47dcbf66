import type { Diagnostic } from "../protocol/gen/tfplugin6.ts";
import type { Attribute, Schema } from "../schema/attribute.ts";
import { isList, isObject, type ObjectValue, UNKNOWN, type Value } from "../schema/value.ts";
import { errorDiagnostic } from "./diagnostics.ts";

/** Errors of a policy that demands nothing, and so would let everything pass: in the words in which core says it. */
export function demandErrors({ attributes, demands = [] }: Schema, config: ObjectValue): Diagnostic[] {
  if (demands.length > 0 && demands.every((name) => isNothing(config[name])))
    return [emptyPolicy(`demands nothing: give ${either(demands)}`)];
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = config[name] ?? null;
    if (!isList(value)) return [];
    return value.flatMap((rules, index) => ruleErrors(name, index, attribute, rules));
  });
}

function ruleErrors(name: string, index: number, { limits, nested }: Attribute, rules: Value): Diagnostic[] {
  const { demands } = limits ?? {};
  if (!demands || !nested || !isObject(rules) || !demands.every((rule) => isNothing(rules[rule]))) return [];
  const [required] = Object.entries(nested.attributes).filter(([, one]) => one.required);
  return [
    emptyPolicy(`${name}[${index}] has no rule: give ${either(demands)}`, [
      name,
      index,
      ...(required ? [required[0]] : []),
    ]),
  ];
}

function emptyPolicy(text: string, attribute?: readonly (string | number)[]): Diagnostic {
  return errorDiagnostic({
    summary: "Invalid argument",
    detail: `The gate policy is not valid: ${text}.\n\nERR_ARGUMENT`,
    attribute,
  });
}

/** Whether this surely demands nothing; what is unknown may turn out to. */
function isNothing(value: Value | undefined): boolean {
  if (value === UNKNOWN) return false;
  return value === undefined || value === null || value === false || (isList(value) && value.length === 0);
}

function either(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
