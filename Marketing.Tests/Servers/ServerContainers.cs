using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(Marketing.Tests.Servers.ServerContainers))]

namespace Marketing.Tests.Servers;

/// <summary>Servers in containers, for the suites of the adapters: each starts when a test first needs it and stops after the last test.</summary>
public sealed class ServerContainers : IAsyncDisposable
{
    private const string Password = "for-tests";

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["mongodb"] = new("mongo", 27017, port => $"mongodb://127.0.0.1:{port}/marketing"),
        ["neo4j"] = new("neo4j", 7687, port => $"bolt://neo4j:{Password}@127.0.0.1:{port}")
        {
            Settings = _ => new() { ["NEO4J_AUTH"] = $"neo4j/{Password}" },
        },
        ["milvus"] = new("milvus", 19530, port => $"Endpoint=http://127.0.0.1:{port}")
        {
            Settings = _ => new() { ["COMMON_STORAGETYPE"] = "local", ["ETCD_USE_EMBED"] = "true", ["ETCD_DATA_DIR"] = "/var/lib/milvus/etcd" },
            Command = ["milvus", "run", "standalone"],
        },
        ["redis"] = new("redis", 6379, port => $"127.0.0.1:{port},password={Password}")
        {
            Command = ["redis-server", "--requirepass", Password, "--save", ""],
        },
        ["kafka"] = new("confluentinc/confluent-local:8.2.0", 9092, port => $"127.0.0.1:{port}")
        {
            Settings = port => new() { ["KAFKA_ADVERTISED_LISTENERS"] = $"PLAINTEXT://localhost:29092,PLAINTEXT_HOST://127.0.0.1:{port}" },
        },
    };

    private static readonly ConcurrentDictionary<Kind, Lazy<Task<(IContainer Container, int Port)>>> Started = new();

    /// <summary>Whether there is an image of the server with this connection string.</summary>
    internal static bool Has(string name) => Kinds.ContainsKey(name);

    /// <summary>Returns a server's connection string, and starts the server first if it does not run.</summary>
    /// <exception cref="DockerUnavailableException">No container engine answers.</exception>
    internal static async Task<string> ConnectAsync(string name)
    {
        var kind = Kinds[name];
        var (_, port) = await Started.GetOrAdd(kind, _ => new(() => StartAsync(kind))).Value;
        return kind.ConnectionString(port);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var start in Started.Values.Select(one => one.Value).Where(start => start.IsCompletedSuccessfully))
        {
            await (await start).Container.DisposeAsync();
        }
    }

    private static async Task<(IContainer Container, int Port)> StartAsync(Kind kind)
    {
        var port = Toxiproxy.FreePort(); // not left to the engine, because a broker tells its clients its address
        var container = new ContainerBuilder(kind.FullImage)
            .WithLogger(NullLogger.Instance)
            .WithPortBinding(port, kind.Port)
            .WithCreateParameterModifier(OnThisMachineOnly)
            .WithEnvironment(kind.Settings(port))
            .WithCommand(kind.Command)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilInternalTcpPortIsAvailable(kind.Port))
            .Build();
        await container.StartAsync();
        return (container, port);
    }

    private static void OnThisMachineOnly(CreateContainerParameters container)
    {
        foreach (var binding in container.HostConfig!.PortBindings.Values.SelectMany(bindings => bindings))
        {
            binding.HostIP = "127.0.0.1";
        }
    }

    /// <param name="Image">The name of its image, whose version the AppHost decides, or the name and version.</param>
    /// <param name="Port">The port inside the container.</param>
    /// <param name="ConnectionString">The connection string, from the port on this machine.</param>
    private sealed record Kind(string Image, int Port, Func<int, string> ConnectionString)
    {
        /// <summary>The environment, from the port on this machine.</summary>
        public Func<int, Dictionary<string, string>> Settings { get; init; } = _ => [];

        public string[] Command { get; init; } = [];

        /// <summary>The image that the AppHost publishes.</summary>
        public string FullImage => Image.Contains(':', StringComparison.Ordinal) ? Image : Regex.Match(
            File.ReadAllText(Repository.Find("deploy", "compose", "docker-compose.yaml")!), $"\"([^\"]*/{Image}:[^\"]*)\"").Groups[1].Value;
    }
}
