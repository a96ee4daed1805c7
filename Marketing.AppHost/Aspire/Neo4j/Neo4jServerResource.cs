namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Neo4j server in a container.</summary>
/// <param name="name">The name of the resource.</param>
/// <param name="password">The password of the user <c>neo4j</c>.</param>
public sealed class Neo4jServerResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string BoltEndpointName = "bolt";
    internal const string HttpEndpointName = "http";
    internal const string UserName = "neo4j";

    private EndpointReference? _bolt;
    private EndpointReference? _http;

    /// <summary>The Bolt endpoint, for drivers.</summary>
    public EndpointReference BoltEndpoint => _bolt ??= new(this, BoltEndpointName);

    /// <summary>The HTTP endpoint, for Neo4j Browser and the Query API.</summary>
    public EndpointReference HttpEndpoint => _http ??= new(this, HttpEndpointName);

    /// <summary>The password of the user <c>neo4j</c>.</summary>
    public ParameterResource PasswordParameter { get; } = password;

    /// <summary>The connection string: <c>Endpoint=bolt://host:port;Username=neo4j;Password=…</c></summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Endpoint=bolt://{BoltEndpoint.Property(EndpointProperty.HostAndPort)};Username={UserName};Password={PasswordParameter}");
}
