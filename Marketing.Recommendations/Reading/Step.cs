namespace Marketing.Recommendations.Reading;

/// <summary>One kind of query to one store: its span name and the store charged for failures.</summary>
internal sealed record Step(string Name, Store Store)
{
    public static readonly Step LoadCatalog = new("catalog.load", Store.Catalog);
    public static readonly Step LoadEngagement = new("engagement.load", Store.Engagement);
    public static readonly Step ReadProfile = new("catalog.profile", Store.Catalog);
    public static readonly Step ReadMessages = new("vectors.latest", Store.Vectors);
    public static readonly Step SearchMessages = new("vectors.search", Store.Vectors);
    public static readonly Step ReadOwnEdges = new("graph.own", Store.Graph);
    public static readonly Step ReadNeighborEdges = new("graph.neighbours", Store.Graph);

    /// <summary>The store's name in answers, logs and health checks.</summary>
    public string StoreName { get; } = DegradedStores.NameOf(Store);

    /// <summary>The metric tag, boxed once.</summary>
    public KeyValuePair<string, object?> Tag { get; } = new("step", Name);
}
