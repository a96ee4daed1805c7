using System.Buffers;
using System.IO.Pipelines;
using Marketing.Projections.Ingestion;

namespace Marketing.Api;

/// <summary>Reads a request body into memory.</summary>
internal static class RequestBody
{
    /// <summary>Reads the whole body; null when it exceeds <paramref name="maxBytes"/>.</summary>
    /// <exception cref="IngestOverloadException">The memory for bodies is exhausted.</exception>
    /// <exception cref="SlowBodyException">The body did not arrive in time.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        PipeReader body, int maxBytes, IngestBudget budget, CancellationToken cancellationToken)
    {
        using var share = budget.OpenBody();
        while (true)
        {
            var read = await share.ReadAsync(body, cancellationToken);
            share.Hold(read.Buffer.Length);
            if (read.Buffer.Length > maxBytes)
            {
                body.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
