using System.Globalization;

namespace Marketing.Tests.Servers;

/// <summary>A server that a test can start on a port of its choice.</summary>
/// <param name="Name">The name in reports.</param>
/// <param name="Connection">The name of its connection string.</param>
/// <param name="Program">Its start script below the servers folder, or an installed program.</param>
/// <param name="Arguments">The arguments, from the port, the port that callers see, and a data folder.</param>
/// <param name="ConnectionString">The connection string, from the port that callers see.</param>
/// <param name="Missing">The store an answer lists as degraded without it; null if none.</param>
internal sealed record ServerKind(
    string Name,
    string Connection,
    string Program,
    Func<int, int, string, IReadOnlyList<string>> Arguments,
    Func<int, string> ConnectionString,
    string? Missing = null)
{
    private const string Variable = "MARKETING_SERVERS";

    /// <summary>The MongoDB protocol with atomic updates, in memory: all data is lost with the process.</summary>
    public static readonly ServerKind MongoJavaServer = new(
        "mongo-java-server", "mongodb", "mongo-java-server/start",
        static (port, _, _) => ["--port", Text(port)],
        static port => $"mongodb://127.0.0.1:{port}/marketing",
        "catalog");

    /// <summary>The MongoDB protocol on files: acknowledged data survives a kill.</summary>
    public static readonly ServerKind FerretDb = MongoJavaServer with
    {
        Name = "FerretDB",
        Program = "ferretdb/start",
        Arguments = static (port, _, data) => ["--port", Text(port), "--data", data],
    };

    public static readonly ServerKind Neo4j = new(
        "Neo4j", "neo4j", "neo4j/start",
        static (port, _, data) => ["--port", Text(port), "--data", data],
        static port => $"bolt://127.0.0.1:{port}",
        "graph");

    public static readonly ServerKind Milvus = new(
        "Milvus", "milvus", "milvus/start",
        static (port, _, data) => ["--port", Text(port), "--data", data],
        static port => $"Endpoint=http://127.0.0.1:{port}",
        "vectors");

    public static readonly ServerKind Redis = new(
        "Redis", "redis", "redis-server",
        static (port, _, data) => ["--port", Text(port), "--bind", "127.0.0.1", "--save", "", "--dir", data],
        static port => $"127.0.0.1:{port}");

    public static readonly ServerKind BigQuery = new(
        "BigQuery emulator", "bigquery", "bigquery-emulator/start",
        static (port, _, data) => ["--port", Text(port), "--grpc-port", "0", "--data", data],
        static port => $"Project=test;Endpoint=http://127.0.0.1:{port}",
        "engagement");

    /// <summary>A broker tells its clients its address, so it must advertise the port they see.</summary>
    public static readonly ServerKind Kafka = new(
        "Kafka", "kafka", "kafka/start",
        static (port, seen, data) => ["--port", Text(port), "--data", data, "--conf", $"advertised.listeners=PLAINTEXT://127.0.0.1:{seen}"],
        static port => $"127.0.0.1:{port}");

    /// <summary>Returns the folder with the start scripts, or skips the test with the setting it needs.</summary>
    public static string Folder()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"starts real servers: set {Variable} to the folder of their start scripts");
        return folder!;
    }

    /// <summary>Starts a server that listens at <paramref name="port"/> and that callers see at <paramref name="seen"/>.</summary>
    public Task<ServerProcess> StartAsync(int port, int seen, string data)
    {
        Directory.CreateDirectory(data);
        return ServerProcess.StartAsync(
            Program.Contains('/', StringComparison.Ordinal) ? Path.Combine(Folder(), Program) : Program, Arguments(port, seen, data), "ready ");
    }

    public override string ToString() => Name;

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
