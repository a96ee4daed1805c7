using System.Buffers;
using System.IO.Pipelines;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Ingests a stream of any length, one interaction per line, with at most two batches in memory: one is read while the other is
/// appended. Lines that are too long are skipped without being buffered.
/// </summary>
public sealed class NdjsonIngestion(InteractionReader reader, IIngestTarget target, InteractionLimits limits)
{
    /// <summary>Ends a batch of large interactions before it reaches the item limit.</summary>
    private const int MaxStepBytes = 4 * 1024 * 1024;

    /// <summary>Reads the stream to its end and appends valid interactions; on return, accepted interactions are durable.</summary>
    /// <param name="stream">UTF-8; lines end with LF or CRLF, and empty lines are skipped. Not completed.</param>
    /// <param name="tally">Updated as it goes, so that it shows how far a broken stream got.</param>
    /// <param name="share">Charged for the bytes held.</param>
    /// <param name="cancellationToken">Cancels between lines; appended interactions stay.</param>
    public async Task ReadAsync(PipeReader stream, IngestTally tally, IngestShare share, CancellationToken cancellationToken)
    {
        var run = new Run(reader, limits, tally);
        var appending = Task.CompletedTask;
        var ended = false;
        try
        {
            while (!ended)
            {
                if (!stream.TryRead(out var read))
                {
                    // The sender is slower than the log, so append what has arrived instead of waiting for a full batch.
                    if (run.Batch.Count > 0 && appending.IsCompleted)
                    {
                        await appending;
                        appending = AppendAsync(run.TakeBatch(), tally, cancellationToken);
                    }

                    read = await share.ReadAsync(stream, cancellationToken);
                }

                var rest = read.Buffer;
                while (run.ReadLines(ref rest, read.IsCompleted))
                {
                    await appending;
                    appending = AppendAsync(run.TakeBatch(), tally, cancellationToken);
                }

                stream.AdvanceTo(rest.Start, read.Buffer.End);
                share.Hold(rest.Length + run.Bytes + (appending.IsCompleted ? 0 : run.BytesBefore));
                ended = read.IsCompleted;
            }

            await appending;
            appending = AppendAsync(run.TakeBatch(), tally, cancellationToken);
        }
        finally
        {
            await appending;
            target.CountRejected(tally.Rejected);
        }
    }

    private async Task AppendAsync((List<Interaction> Interactions, List<long> Lines) batch, IngestTally tally, CancellationToken cancellationToken)
    {
        // Yield, because an embedded store may append synchronously and would block reading.
        await Task.Yield();
        tally.Append(await target.AppendAsync(batch.Interactions, cancellationToken), batch.Lines);
    }

    /// <summary>The state of one stream.</summary>
    private sealed class Run(InteractionReader reader, InteractionLimits limits, IngestTally tally)
    {
        private long _line;
        private bool _skipping;
        private List<long> _lines = [];

        public List<Interaction> Batch { get; private set; } = [];

        /// <summary>Size of the current batch's input, in bytes.</summary>
        public long Bytes { get; private set; }

        /// <summary>Size of the previous batch's input, in bytes.</summary>
        public long BytesBefore { get; private set; }

        public (List<Interaction> Interactions, List<long> Lines) TakeBatch()
        {
            var batch = (Batch, _lines);
            (BytesBefore, Bytes) = (Bytes, 0);
            var size = Math.Min(Batch.Count, limits.AppendBatchSize);
            (Batch, _lines) = (new List<Interaction>(size), new List<long>(size));
            return batch;
        }

        /// <summary>Reads lines until none is left, or until the batch is full; returns true if it is full.</summary>
        public bool ReadLines(ref ReadOnlySequence<byte> rest, bool last)
        {
            while (Batch.Count < limits.AppendBatchSize && Bytes < MaxStepBytes)
            {
                var sequence = new SequenceReader<byte>(rest);
                if (sequence.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
                {
                    rest = sequence.UnreadSequence;
                    EndLine(line);
                }
                else if (last)
                {
                    EndLine(rest);
                    rest = rest.Slice(rest.End);
                    return false;
                }
                else
                {
                    _skipping |= rest.Length > limits.MaxInteractionBytes + 1;
                    rest = _skipping ? rest.Slice(rest.End) : rest;
                    return false;
                }
            }

            return true;
        }

        private void EndLine(in ReadOnlySequence<byte> line)
        {
            _line++;
            if (_skipping)
            {
                _skipping = false;
                tally.Reject(_line, InteractionReader.TooLarge(limits));
            }
            else if (line.IsSingleSegment)
            {
                Read(line.FirstSpan);
            }
            else
            {
                var length = (int)Math.Min(line.Length, limits.MaxInteractionBytes + 2L);
                var buffer = ArrayPool<byte>.Shared.Rent(length);
                line.Slice(0, length).CopyTo(buffer);
                Read(buffer.AsSpan(0, length));
                ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // chat text
            }
        }

        private void Read(ReadOnlySpan<byte> line)
        {
            line = line.TrimEnd("\r "u8);
            if (line.IsEmpty)
            {
                return;
            }

            if (reader.TryRead(line, out var interaction, out var error))
            {
                Batch.Add(interaction);
                _lines.Add(_line);
                Bytes += line.Length;
            }
            else
            {
                tally.Reject(_line, error);
            }
        }
    }
}
