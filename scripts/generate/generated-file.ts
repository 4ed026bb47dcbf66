/** One generated file: path from the project's root, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}
