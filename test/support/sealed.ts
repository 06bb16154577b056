/** A text of the form that `kubeseal --raw` gives for an RSA key of 4096 bits, with nothing encrypted in it. */
export function sealedText(fill: number): string {
  const bytes = Buffer.alloc(2 + 512 + 16 + fill, fill);
  bytes.writeUInt16BE(512);
  return bytes.toString('base64');
}
