import type { Attributes } from "@auditgate/terraform-provider/schema";
import { Tokenization } from "cdktf";

/** An address with its attributes, alone: `${terraform_data.cluster.output.id}`, `${each.value}`. */
const REFERENCE = /^\$\{\s*[A-Za-z_][\w-]*(?:\.[\w-]+|\[(?:\d+|"[^"$%\\]*")\])+\s*\}$/;

/**
 * Refuses an id that is a template with more than a reference in it. Every text of a program is a template to
 * Terraform, so an id that comes from somebody else could have it read a file where the engine runs.
 *
 * @throws {Error} that names the construct and the argument.
 */
export function checkIds(
  path: string,
  attributes: Attributes,
  values: { readonly [name: string]: unknown },
): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = values[name];
    if (attribute.nested) {
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (isPlain(each)) checkIds(path, attribute.nested.attributes, each);
      }
    } else if (/(?:^|_)ids?$/.test(name)) {
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (typeof each === "string" && isTemplate(each)) {
          throw new Error(
            `${path}: ${name} is neither an id nor a reference to one, but a template that the engine would evaluate.`,
          );
        }
      }
    }
  }
}

function isTemplate(text: string): boolean {
  const written = text.replaceAll(/\$\{TfToken\[[\w.]+\]\}/g, "").replaceAll(/\$\$\{|%%\{/g, "");
  return !REFERENCE.test(text) && /[$%]\{/.test(written);
}

function isPlain(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Tokenization.isResolvable(value);
}
