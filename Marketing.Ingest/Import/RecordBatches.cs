using System.Text;
using Marketing.Recommender.Ingestion;
using Marketing.Recommender.Model;

namespace Marketing.Ingest.Import;

/// <summary>Validates the records of a file and makes batches of them.</summary>
internal static class RecordBatches
{
    /// <summary>Reads on to the end of the file.</summary>
    /// <param name="records">The file.</param>
    /// <param name="reader">Decides what is valid.</param>
    /// <param name="doneLine">Records up to this line are skipped: they were done before.</param>
    /// <param name="size">Records of a batch.</param>
    public static IEnumerable<ImportBatch> Read(IRecordReader records, InteractionReader reader, long doneLine, int size)
    {
        var interactions = new List<Interaction>(size);
        var lines = new List<long>(size);
        var rejects = new List<Reject>();
        while (records.Read())
        {
            if (records.Line <= doneLine)
            {
                continue;
            }

            if (reader.TryRead(records.Json, out var interaction, out var error))
            {
                interactions.Add(interaction);
                lines.Add(records.Line);
            }
            else
            {
                rejects.Add(new Reject(records.Line, error, Encoding.UTF8.GetString(records.Json)));
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
}
