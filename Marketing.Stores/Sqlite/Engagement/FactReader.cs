using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>Reads the facts of one set of tables, served or being filled.</summary>
internal sealed class FactReader(SqliteDatabase database)
{
    public IReadOnlyList<StoredFact> Find(IReadOnlyList<EventId> ids, FactTables tables)
    {
        var found = new List<StoredFact>(ids.Count);
        using var reader = database.Read();
        using var snapshot = reader.Session.BeginRead();
        var row = reader.Session[tables.SelectBySeq];
        foreach (var id in ids.Distinct())
        {
            if (reader.Session[tables.FindKey].Bind(1, Key128.Of(id.Value)).Scalar() is { } seq && row.Bind(1, seq).Step())
            {
                found.Add(EngagementFacts.Read(row));
                row.Reset();
            }
        }

        return found;
    }

    public async IAsyncEnumerable<IReadOnlyList<StoredFact>> ScanAsync(
        int batchSize, FactTables tables, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        long last = long.MinValue;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = ReadAfter(tables, ref last, batchSize);
            if (batch.Count == 0)
            {
                yield break;
            }

            yield return batch;
            await Task.Yield();
        }
    }

    public long Count(FactTables tables)
    {
        using var reader = database.Read();
        return reader.Session[tables.CountFacts].Scalar() ?? 0;
    }

    private List<StoredFact> ReadAfter(FactTables tables, ref long last, int count)
    {
        using var reader = database.Read();
        var batch = new List<StoredFact>(count);
        var row = reader.Session[tables.SelectAfter].Bind(1, last).Bind(2, count);
        while (row.Step())
        {
            last = row.Int64(0);
            batch.Add(EngagementFacts.Read(row));
        }

        return batch;
    }
}
