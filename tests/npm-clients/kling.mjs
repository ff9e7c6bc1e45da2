// SPDX-License-Identifier: GPL-3.0-or-later
// A public client of Kling, which signs its tokens itself and speaks https alone,
// against our server: URL ACCESS-KEY SECRET-KEY SUBJECT SCENE
import assert from 'node:assert/strict';

import { KlingAPI } from 'kling-api';

const [baseUrl, accessKey, secretKey, subject, scene] = process.argv.slice(2);
const api = new KlingAPI({ baseUrl, accessKey, secretKey });
const request = {
  model_name: 'kling-v2-1',
  prompt: 'A cactus on a terrace',
  subject_image_list: [{ subject_image: subject }],
  scene_image: scene,
  n: 2,
  aspect_ratio: '4:3',
  external_task_id: 'ours',
};

const created = await api.multiImageToImage(request);
assert.equal(created.code, 0);
assert.equal(created.data.task_status, 'submitted');

const done = await api.waitForImageResult(created.data.task_id, api.queryMultiImageToImageTask.bind(api),
                                          { interval: 20, showSpinner: false });
assert.equal(done.data.task_status, 'succeed');
assert.equal(done.data.task_result.images.length, 2);

// The client itself saves nothing from an address of this computer.
for (const { url } of done.data.task_result.images) {
  const reply = await fetch(url);

  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('content-type'), 'image/png');
  assert.ok((await reply.arrayBuffer()).byteLength > 10000);
}

await assert.rejects(api.multiImageToImage(request), (error) => error.code === 1201);
await assert.rejects(new KlingAPI({ baseUrl, accessKey, secretKey: 'another' }).multiImageToImage(request),
                     (error) => error.code === 1000);
