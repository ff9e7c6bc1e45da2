// SPDX-License-Identifier: GPL-3.0-or-later
// The public AI SDK provider of Runware against our server: URL KEY PHOTO...
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { createRunware } from '@runware/ai-sdk-provider';
import { generateImage } from 'ai';

// The whole of each answer, pictures and all, is a warning to it.
globalThis.AI_SDK_LOG_WARNINGS = false;

const [url, apiKey, ...photos] = process.argv.slice(2);
const baseURL = `${url}/v1`;
const runware = createRunware({ apiKey, baseURL });
const png = [0x89, 0x50, 0x4e, 0x47];

function assertPng(image, width, height) {
  const view = Buffer.from(image.uint8Array);

  assert.deepEqual([...view.subarray(0, 4)], png);
  assert.equal(view.readUInt32BE(16), width);
  assert.equal(view.readUInt32BE(20), height);
}

function ask(settings, options, client = runware) {
  return generateImage({
    model: client.image('google:4@3', settings),
    prompt: 'A watch on a table',
    size: '1200x896',
    maxRetries: 0,
    ...options,
  });
}

for (const outputType of ['URL', 'base64Data', 'dataURI']) {
  const { image } = await ask({ outputType, includeCost: true }, {});
  assertPng(image, 1200, 896);
}

const referenceImages = photos.map((path) => readFileSync(path).toString('base64'));
const { images } = await ask({ maxImagesPerCall: 2 }, {
  n: 2,
  size: '1024x1024',
  providerOptions: { runware: { inputs: { referenceImages } } },
});
assert.equal(images.length, 2);
images.forEach((image) => assertPng(image, 1024, 1024));

await assert.rejects(ask({}, { size: '1000x1000' }), (error) => error.statusCode === 400);
await assert.rejects(ask({}, {}, createRunware({ apiKey: 'another', baseURL })), (error) => error.statusCode === 401);
