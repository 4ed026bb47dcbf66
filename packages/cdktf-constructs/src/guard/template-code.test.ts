import { codeOf } from "./template-code.ts";

test.each([
  ["a literal text has none", "terraform_data.a", ""],
  [
    "only what is interpolated counts",
    "terraform_data.a ${terraform_data.b.output}",
    "terraform_data.b.output",
  ],
  ["directives count", "%{ if var.x }terraform_data.a%{ endif }", "if var.x endif"],
  ["escapes are literal", "$${terraform_data.a} %%{terraform_data.b} ${c.d}", "c.d"],
  ["a quoted text inside is literal", '${upper("terraform_data.a")}', "upper( )"],
  [
    "what a quoted text interpolates counts",
    '${upper("x ${terraform_data.a.id} y")}',
    "upper( terraform_data.a.id )",
  ],
  ["a quoted brace closes nothing", '${f("}", "\\"}", a.b)} c.d', "f( , , a.b)"],
  ["braces of objects are balanced", "${{ k = { x = a.b } }.k} c.d", "{ k = { x = a.b } }.k"],
  ["comments are no code", "${/* terraform_data.a */ b.c # d.e\n + f.g // h.i\n}", "b.c + f.g"],
  ["a heredoc is a template", "${upper(<<-END\nterraform_data.a ${b.c}\nEND\n)}", "upper( b.c )"],
  ["blanks around dots change nothing", "${ terraform_data . a . output }", "terraform_data.a.output"],
  ["an unclosed expression ends with the text", "${a.b", "a.b"],
])("%s", (_, template, code) => {
  expect(codeOf(template).replaceAll(/\s+/g, " ").trim()).toBe(code);
});
