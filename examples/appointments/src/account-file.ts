/** One account as the file of `--account` describes it. `config` is checked by the vendor's adapter. */
export interface AccountFile {
  readonly id: string;
  readonly provider: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Reads the text of an account file. What is wrong comes back as one sentence, which never repeats a value. Pure. */
export function readAccountFile(text: string): AccountFile | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "The account file is not JSON.";
  }
  if (!isRecord(value)) return 'The account file must hold an object: {"id": "…", "provider": "…", "config": {…}}.';
  const { id, provider, config, ...others } = value;
  const problems = [
    ...(typeof id === "string" && /^[A-Za-z0-9._-]{1,64}$/.test(id) ? [] : ["id must be 1 to 64 letters, digits, dots, dashes or underscores"]),
    ...(typeof provider === "string" && provider !== "" ? [] : ['provider must be a name such as "waha" or "zapi"']),
    ...(isRecord(config) ? [] : ["config must be an object"]),
    ...Object.keys(others).map((name) => `${JSON.stringify(name)} does not belong there`),
  ];
  if (problems.length > 0 || typeof id !== "string" || typeof provider !== "string" || !isRecord(config)) return `The account file cannot be used: ${problems.join("; ")}.`;
  return { id, provider, config };
}

/** Does the account demand a secret in its webhook URL? Webhook set-up writes it there by itself. */
export function hasUrlSecret({ config }: AccountFile): boolean {
  return Array.isArray(config.webhookSecrets) && config.webhookSecrets.length > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
