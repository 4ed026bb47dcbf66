import type { AuditErrorCode } from "../errors.ts";
import type { SettingDescription } from "../settings/describe.ts";

/** One thing that has to work before a policy can be judged. */
export interface DiagnosisStep {
  /** `settings`, `endpoint`, `sign-in`, `project`, `clock` or `query`. */
  readonly step: "settings" | "endpoint" | "sign-in" | "project" | "clock" | "query";
  /** Which one: the service of an endpoint, the name of a query; null where there is one only. */
  readonly about: string | null;
  /** `skipped` where it could not be tried, for something before it has failed. */
  readonly outcome: "passed" | "failed" | "skipped";
  /** What there is, in one line: safe to paste into an issue. */
  readonly found: string;
  /** Code of the error, where it has failed. */
  readonly code: AuditErrorCode | null;
  /** The one thing to do about it, where it has failed. */
  readonly next: string | null;
}

/** A policy document of IAM, as its console takes it. */
export interface IamPolicy {
  /** Of the language of policies. */
  readonly Version: "1.1";
  /** What is allowed: actions by their names in IAM. */
  readonly Statement: readonly { readonly Effect: "Allow"; readonly Action: readonly string[] }[];
}

/** What there is to say about one place, before anything is judged there. */
export interface Diagnosis {
  /** Name of the target; null for the one place that the environment names. */
  readonly target: string | null;
  /** True where no step has failed. */
  readonly passed: boolean;
  /** Every setting in use, where it was found, and what else says it; none where the settings are in error. */
  readonly settings: readonly SettingDescription[];
  /** In the order in which they depend on each other. */
  readonly steps: readonly DiagnosisStep[];
  /** What the identity needs to be allowed, and nothing else: one document for each scope of IAM. */
  readonly permissions: readonly IamPolicy[];
}
