/**
 * A text of the form that `kubeseal --raw` gives for an RSA key of 4096 bits, with nothing encrypted in it.
 *
 * @param fill what its bytes are.
 * @param end what it ends with, to tell it from others.
 */
export function sealedText(fill: number, end = ''): string {
  const bytes = Buffer.alloc(2 + 512 + 16 + fill, fill);
  bytes.writeUInt16BE(512);
  return Buffer.concat([bytes, Buffer.from(end)]).toString('base64');
}
