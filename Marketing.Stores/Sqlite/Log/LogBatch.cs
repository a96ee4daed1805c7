using Marketing.Recommender.Model;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// Interactions on their way into the log, hashed and sorted on the caller's thread so that the writer's has only to write.
/// </summary>
internal sealed class LogBatch
{
    public LogBatch(IReadOnlyList<Interaction> interactions)
    {
        Interactions = interactions;
        Ordered = new (Key128, int)[interactions.Count];
        for (int i = 0; i < Ordered.Length; i++)
        {
            Ordered[i] = (Key128.Of(interactions[i].Id.Value), i);
        }

        Array.Sort(Ordered);
    }

    public IReadOnlyList<Interaction> Interactions { get; }

    /// <summary>Key and position of each, by key; of equal keys the first position comes first, and wins.</summary>
    public (Key128 Key, int Position)[] Ordered { get; }
}
