using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using Marketing.Domain;
using Marketing.Ingest.Import.Text;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Validates the records of a file and groups them into batches.</summary>
internal static class RecordBatches
{
    /// <summary>Reads to the end of the file.</summary>
    /// <param name="records">The records of the file.</param>
    /// <param name="reader">Validates the records.</param>
    /// <param name="encoding">The original encoding, for messages.</param>
    /// <param name="done">The number of records to skip because they are already imported.</param>
    /// <param name="place">Identifies the file. A record without an id and a time is identified by this and its number.</param>
    /// <param name="size">The number of records in a batch.</param>
    public static IEnumerable<ImportBatch> Read(
        IRecordReader records, InteractionReader reader, TextEncoding encoding, long done, string place, int size)
    {
        long number = 0;
        var interactions = new List<Interaction>(size);
        var lines = new List<long>(size);
        var rejects = new List<Reject>();
        while (TryMove(records, out var broken) || broken is not null)
        {
            if (broken is not null)
            {
                if (interactions.Count + rejects.Count > 0)
                {
                    yield return new ImportBatch(interactions, lines, rejects, records.Line); // The records before the error are complete.
                }

                broken.Throw();
            }

            if (++number <= done)
            {
                continue;
            }

            if (TryRead(records, reader, string.Create(CultureInfo.InvariantCulture, $"{place}:{number}"), out var interaction, out var error))
            {
                interactions.Add(interaction!);
                lines.Add(records.Line);
            }
            else
            {
                rejects.Add(Refuse(records, encoding, error!));
            }

            if (interactions.Count + rejects.Count == size)
            {
                yield return new ImportBatch(interactions, lines, rejects, records.Line);
                interactions = new List<Interaction>(size);
                lines = new List<long>(size);
                rejects = [];
            }
        }

        if (interactions.Count + rejects.Count > 0)
        {
            yield return new ImportBatch(interactions, lines, rejects, records.Line);
        }
    }

    private static bool TryMove(IRecordReader records, out ExceptionDispatchInfo? broken)
    {
        broken = null;
        try
        {
            return records.Read();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            broken = ExceptionDispatchInfo.Capture(exception);
            return false;
        }
    }

    private static bool TryRead(
        IRecordReader records, InteractionReader reader, string place, out Interaction? interaction, out FieldError? error)
    {
        interaction = null;
        error = records.Fault;
        if (error is not null)
        {
            return false;
        }

        if (reader.TryRead(records.Json, out interaction, out error, place))
        {
            return true;
        }

        if (!records.TryAdapt(error))
        {
            return false;
        }

        error = records.Fault;
        return error is null && reader.TryRead(records.Json, out interaction, out error, place);
    }

    /// <summary>Rejects a record, without its content when that contains invalid text, which would be misread later.</summary>
    private static Reject Refuse(IRecordReader records, TextEncoding encoding, FieldError error)
    {
        var fault = TextFault.Find(records.Json, encoding);
        return new Reject(records.Line, fault ?? error, fault is null && !records.Json.IsEmpty ? Encoding.UTF8.GetString(records.Json) : null);
    }
}
