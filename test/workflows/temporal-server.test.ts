import { Connection } from '@temporalio/client';
import { describe, expect, inject, it } from 'vitest';

describe('the embedded Temporal server', () => {
  it('is new enough for worker versioning and has the namespace and the search attribute', async () => {
    const { address, namespace } = inject('temporal');
    const connection = await Connection.connect({ address });
    const info = await connection.workflowService.getSystemInfo({});
    const [major = 0, minor = 0] = (info.serverVersion ?? '').split('.').map(Number);
    expect(major * 1000 + minor).toBeGreaterThanOrEqual(1029);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes)).toContain('AssayProject');
    await connection.close();
  });
});
