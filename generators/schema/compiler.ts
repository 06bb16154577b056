import { Ajv, type Options } from 'ajv';

/** ajv, set up for our schemas. */
export function compiler(code: Options['code'] = {}): Ajv {
  const ajv = new Ajv({
    // Optimising the checks takes longer than a thousand files take to check.
    code: { optimize: false, ...code },
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictRequired: false,
    addUsedSchema: false,
    validateSchema: false,
  });
  ajv.addKeyword('errorMessage');
  return ajv;
}
