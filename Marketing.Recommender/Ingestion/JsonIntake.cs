using System.Globalization;
using System.Text.Json;
using Marketing.Recommender.Model;

namespace Marketing.Recommender.Ingestion;

/// <summary>Takes in one interaction, or an array of them, that is held in memory as a whole.</summary>
public sealed class JsonIntake(InteractionReader reader, IFrontDoor door, InteractionLimits limits)
{
    /// <summary>The field of the error when there are more items than the limit of this name.</summary>
    public const string TooMany = nameof(InteractionLimits.MaxBatchItems);

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Validates each and appends what is valid. When this returns, all that was accepted is durable.</summary>
    /// <returns>Null, or why nothing at all was taken in: it is no JSON, or has too many items.</returns>
    public async Task<FieldError?> ReadAsync(ReadOnlyMemory<byte> json, IntakeTally tally, CancellationToken cancellationToken)
    {
        var error = Split(json.Span, out var items);
        if (error is not null)
        {
            return error;
        }

        var batch = new List<Interaction>(items.Count);
        var positions = new List<long>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (reader.TryRead(json.Span[items[i]], out var interaction, out var refusal))
            {
                batch.Add(interaction);
                positions.Add(i);
            }
            else
            {
                tally.Reject(i, refusal);
            }
        }

        door.CountRejected(tally.Rejected);
        tally.Append(await door.AppendAsync(batch, cancellationToken), positions);
        return null;
    }

    /// <summary>Finds the items, so that one bad item does not cost the others; a document that does not end takes in nothing.</summary>
    private FieldError? Split(ReadOnlySpan<byte> json, out List<Range> items)
    {
        items = [];
        var count = 0;
        try
        {
            var start = json.StartsWith("\uFEFF"u8) ? 3 : 0;
            var document = new Utf8JsonReader(json[start..], Options);
            document.Read();
            var isArray = document.TokenType == JsonTokenType.StartArray;
            while (!isArray || (document.Read() && document.TokenType != JsonTokenType.EndArray))
            {
                var from = start + (int)document.TokenStartIndex;
                document.Skip();
                if (++count <= limits.MaxBatchItems)
                {
                    items.Add(from..(start + (int)document.BytesConsumed));
                }

                if (!isArray)
                {
                    break;
                }
            }

            document.Read(); // Throws on anything but white space after the end.
        }
        catch (JsonException exception)
        {
            return new FieldError("", string.Create(CultureInfo.InvariantCulture,
                $"The body must be an interaction or an array of interactions in JSON; it is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}. Nothing was taken in."));
        }

        return count <= limits.MaxBatchItems ? null : new FieldError(TooMany, string.Create(CultureInfo.InvariantCulture,
            $"The body must not have more than {limits.MaxBatchItems} interactions (MaxBatchItems), it has {count}; send application/x-ndjson for any number. Nothing was taken in."));
    }
}
