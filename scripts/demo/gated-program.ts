/** An example whose deployment waits for a gate, as its engine runs it. */
export interface GatedProgram {
  readonly title: string;
  /** What shows beforehand whether a deployment would be blocked, such as `terraform plan`. */
  readonly previewCommand: string;
  /** What deploys, such as `terraform apply`. */
  readonly deployCommand: string;
  /** Once, before anything else. */
  prepare(): Promise<void>;
  deploy(release: string): Promise<void>;
  /**
   * @returns What the engine said.
   * @throws {Error} where it was not blocked, or for another reason than the gate.
   */
  previewBlocked(release: string): Promise<string>;
  /** Releases deployed so far, oldest first. */
  deployed(): Promise<readonly string[]>;
}
