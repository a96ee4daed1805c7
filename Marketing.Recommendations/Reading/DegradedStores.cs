using Marketing.Recommendations.Answers;

namespace Marketing.Recommendations.Reading;

/// <summary>The stores that did not contribute to an answer; safe for concurrent steps.</summary>
internal sealed class DegradedStores
{
    private static readonly (Store Store, string Name)[] Names =
        [(Store.Vectors, "vectors"), (Store.Graph, "graph"), (Store.Engagement, "engagement"), (Store.Catalog, "catalog")];

    private int _stores;

    public void Add(Store store)
    {
        _ = Interlocked.Or(ref _stores, (int)store);
        RecommenderDiagnostics.Degraded.Add(1, new KeyValuePair<string, object?>("store", NameOf(store)));
    }

    public IReadOnlyList<string> ToNames() => _stores == 0
        ? []
        : [.. Names.Where(entry => ((Store)_stores).HasFlag(entry.Store)).Select(entry => entry.Name)];

    public static string NameOf(Store store) => Array.Find(Names, entry => entry.Store == store).Name;
}

/// <summary>The stores behind a recommendation, in the order in which answers list them as degraded.</summary>
[Flags]
internal enum Store
{
    None = 0,
    Vectors = 1,
    Graph = 2,
    Engagement = 4,
    Catalog = 8,
}
