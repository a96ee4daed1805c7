using System.Buffers;
using System.IO.Pipelines;
using Marketing.Projections.Ingestion;

namespace Marketing.Api;

/// <summary>Reads a body that is needed as a whole.</summary>
internal static class RequestBody
{
    /// <summary>The body; null when it has more than <paramref name="maxBytes"/>.</summary>
    /// <exception cref="IntakeOverloadException">Others hold all the memory for bodies.</exception>
    /// <exception cref="SlowBodyException">It did not arrive in time.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        PipeReader body, int maxBytes, IntakeBudget budget, CancellationToken cancellationToken)
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
