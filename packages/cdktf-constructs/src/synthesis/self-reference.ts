import { type Expression, Lazy, type TerraformDataSource, Token } from "cdktf";

/**
 * `expression` for use in a condition of `element` itself: Terraform forbids a data source to refer to itself by its
 * address and offers `self` instead, while its constructs' accessors know the address only.
 */
export function asSelf(element: TerraformDataSource, expression: Expression): string {
  return Token.asString(
    Lazy.anyValue({
      produce: (context) => {
        const resolved: unknown = context.resolve(expression);
        return typeof resolved === "string" ? replaceAddress(resolved, element) : resolved;
      },
    }),
  );
}

// With for_each, accessors write a splat over all instances; a condition is about one of them.
const ADDRESS = /(?<![\w.-])data\.([\w-]+)\.([\w-]+)(?:\.\*)?/g;

function replaceAddress(text: string, element: TerraformDataSource): string {
  const { terraformResourceType, friendlyUniqueId } = element;
  return text.replace(ADDRESS, (address, type, id) =>
    type === terraformResourceType && id === friendlyUniqueId ? "self" : address,
  );
}
