namespace Marketing.Projections.Consistency;

/// <summary>The projections' names in URLs, dead letters and metrics.</summary>
public static class ProjectionNames
{
    /// <summary>The vector index of messages.</summary>
    public const string Vectors = "vectors";

    /// <summary>The user–campaign interaction graph.</summary>
    public const string Graph = "graph";

    /// <summary>Campaign performance.</summary>
    public const string Engagement = "engagement";
}
