/** One HTTP request, ready to send. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** One HTTP response, read whole. */
export interface HttpResponse {
  /** Status code. */
  readonly status: number;
  /** Lower-case names; a repeated header is joined with a comma. */
  readonly headers: { readonly [name: string]: string };
  /** The body as text, decompressed. */
  readonly body: string;
}

/** One HTTP exchange: no retries, no redirects, no interpretation. */
export interface Transport {
  /** @throws whatever the network made of it; `AuditError` with `ERR_RESPONSE` if the body is too large. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** The proxy that requests to an origin go through, once one was sent. */
  proxyOf?(origin: string): { readonly origin: string; readonly variable: string } | undefined;
  /** Who signed the certificate that could not be trusted on the way to an origin, where that can be learned. */
  findUntrusted?(
    origin: string,
  ): Promise<{ readonly authority: string; readonly isProxys: boolean } | undefined>;
  /** Ends every connection at once. */
  close(): Promise<void>;
}
