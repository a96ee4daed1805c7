using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Ingests one interaction or an array. Items are parsed as they arrive; valid ones are held and appended only after the whole
/// document has been read successfully.
/// </summary>
public sealed class JsonIngestion(InteractionReader reader, IIngestTarget target, InteractionLimits limits)
{
    /// <summary>Whether an error means that the body exceeds a limit.</summary>
    public static bool IsTooLarge(FieldError error) =>
        error is { Field: nameof(InteractionLimits.MaxBatchItems) or nameof(InteractionLimits.MaxBatchBytes) };

    /// <summary>Validates the interactions and appends the valid ones; on return, accepted interactions are durable.</summary>
    /// <param name="body">UTF-8 JSON. Not completed.</param>
    /// <param name="tally">Receives the counts.</param>
    /// <param name="share">Charged for the bytes held.</param>
    /// <param name="cancellationToken">Cancels before anything is appended.</param>
    /// <returns>Null, or why nothing was ingested: invalid JSON, or too many items or bytes.</returns>
    public async Task<FieldError?> ReadAsync(PipeReader body, IngestTally tally, IngestShare share, CancellationToken cancellationToken)
    {
        var run = new Run(reader, limits, tally);
        for (var ended = false; !ended;)
        {
            var read = await share.ReadAsync(body, cancellationToken);
            var rest = read.Buffer;
            var error = run.Read(ref rest, read.IsCompleted);
            body.AdvanceTo(rest.Start, read.Buffer.End);
            if (error is not null)
            {
                return error;
            }

            share.Hold(run.HeldBytes + rest.Length);
            ended = read.IsCompleted;
        }

        if (run.Count > limits.MaxBatchItems)
        {
            return new FieldError(nameof(InteractionLimits.MaxBatchItems), string.Create(CultureInfo.InvariantCulture,
                $"The body must not have more than {limits.MaxBatchItems} interactions (MaxBatchItems), but it has {run.Count}. Send application/x-ndjson for any number of interactions. Nothing was stored."));
        }

        target.CountRejected(tally.Rejected);
        tally.Append(await target.AppendAsync(run.Batch, cancellationToken), run.Positions);
        return null;
    }

    /// <summary>The state of one document.</summary>
    private sealed class Run(InteractionReader reader, InteractionLimits limits, IngestTally tally)
    {
        private readonly JsonItems _items = new();
        private long _bytes; // bytes of the document consumed
        private bool _begun;

        public List<Interaction> Batch { get; } = [];

        public List<long> Positions { get; } = [];

        /// <summary>Items so far.</summary>
        public long Count { get; private set; }

        /// <summary>Size of the JSON that the held interactions were read from, in bytes.</summary>
        public long HeldBytes { get; private set; }

        public FieldError? Read(ref ReadOnlySequence<byte> rest, bool last)
        {
            if (_bytes + rest.Length > limits.MaxBatchBytes)
            {
                rest = rest.Slice(rest.End);
                return new FieldError(nameof(InteractionLimits.MaxBatchBytes), string.Create(CultureInfo.InvariantCulture,
                    $"The body must not be larger than {limits.MaxBatchBytes} bytes (MaxBatchBytes). Send application/x-ndjson for any number of interactions. Nothing was stored."));
            }

            var before = rest.Length;
            try
            {
                if (!SkipMark(ref rest, last))
                {
                    return null;
                }

                _items.Read(ref rest, last, EndItem);
                return null;
            }
            catch (JsonException exception)
            {
                return new FieldError("", string.Create(CultureInfo.InvariantCulture,
                    $"The body must be an interaction or an array of interactions in JSON. It is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}. Nothing was stored."));
            }
            finally
            {
                _bytes += before - rest.Length;
            }
        }

        /// <summary>Skips a byte order mark; returns false while more bytes are needed to recognize one.</summary>
        private bool SkipMark(ref ReadOnlySequence<byte> rest, bool last)
        {
            if (_begun)
            {
                return true;
            }

            var mark = "\uFEFF"u8;
            Span<byte> start = stackalloc byte[3];
            var length = (int)Math.Min(3, rest.Length);
            rest.Slice(0, length).CopyTo(start);
            if (!last && length < 3 && mark.StartsWith(start[..length]))
            {
                return false;
            }

            rest = rest.Slice(start[..length].SequenceEqual(mark) ? 3 : 0);
            return _begun = true;
        }

        private void EndItem(ReadOnlySequence<byte> item)
        {
            var position = Count++;
            if (position >= limits.MaxBatchItems)
            {
                Batch.Clear(); // The whole document will be rejected once the item count is known.
                HeldBytes = 0;
                return;
            }

            if (item.IsSingleSegment)
            {
                Keep(position, item.FirstSpan);
                return;
            }

            var length = (int)Math.Min(item.Length, limits.MaxInteractionBytes + 1L);
            var buffer = ArrayPool<byte>.Shared.Rent(length);
            item.Slice(0, length).CopyTo(buffer);
            Keep(position, buffer.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // chat text
        }

        private void Keep(long position, ReadOnlySpan<byte> item)
        {
            if (reader.TryRead(item, out var interaction, out var error))
            {
                Batch.Add(interaction);
                Positions.Add(position);
                HeldBytes += item.Length;
            }
            else
            {
                tally.Reject(position, error);
            }
        }
    }
}
