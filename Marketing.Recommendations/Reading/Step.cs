namespace Marketing.Recommendations.Reading;

/// <summary>One question to one store: the name of its span and the store that it counts against.</summary>
internal sealed record Step(string Name, Store Store)
{
    public static readonly Step LoadCatalog = new("catalog.load", Store.Catalog);
    public static readonly Step LoadEngagement = new("engagement.load", Store.Engagement);
    public static readonly Step ReadProfile = new("catalog.profile", Store.Catalog);
    public static readonly Step ReadMessages = new("vectors.latest", Store.Vectors);
    public static readonly Step SearchMessages = new("vectors.search", Store.Vectors);
    public static readonly Step ReadOwnEdges = new("graph.own", Store.Graph);
    public static readonly Step ReadNeighborEdges = new("graph.neighbours", Store.Graph);

    /// <summary>The store as answers, logs and health name it.</summary>
    public string StoreName { get; } = DegradedStores.NameOf(Store);

    /// <summary>The metric's tag, boxed once.</summary>
    public KeyValuePair<string, object?> Tag { get; } = new("step", Name);
}
