using Marketing.Tests.Servers;

namespace Marketing.Tests.Faults;

/// <summary>
/// Whatever happens to a server under load, nothing acknowledged is lost, every request is answered, and the system recovers by
/// itself.
/// </summary>
[Collection(nameof(FaultWorlds))]
public sealed class FaultTests(FaultWorlds worlds)
{
    /// <summary>Everything on servers, with workers projecting. This log server is in memory; surviving a kill is tested below.</summary>
    internal static readonly ServerKind[] OnServers =
        [ServerKind.MongoJavaServer, ServerKind.Neo4j, ServerKind.Milvus, ServerKind.Redis, ServerKind.BigQuery, ServerKind.Kafka];

    /// <summary>A log server that keeps acknowledged data when killed. It is slow, so everything else is embedded.</summary>
    private static readonly ServerKind[] OnlyTheLog = [ServerKind.FerretDb];

    /// <summary>The faults that CI can afford; set <c>MARKETING_FAULTS</c> to <c>all</c> or to a server's name for more.</summary>
    public static TheoryData<string, FaultKind> Plan()
    {
        var wanted = Environment.GetEnvironmentVariable("MARKETING_FAULTS");
        var plan = new TheoryData<string, FaultKind>();
        foreach (var kind in OnServers.Concat(OnlyTheLog))
        {
            foreach (var fault in Enum.GetValues<FaultKind>().Where(fault => IsSensible(kind, fault)))
            {
                if (string.IsNullOrEmpty(wanted) ? IsQuick(kind, fault) : wanted == "all" || wanted.Split(',').Any(name => name == kind.Name || name == $"{kind.Name}/{fault}"))
                {
                    plan.Add(kind.Name, fault);
                }
            }
        }

        return plan;
    }

    [Theory]
    [MemberData(nameof(Plan))]
    public async Task Nothing_is_lost_everybody_is_answered_and_all_is_well_again_by_itself(string server, FaultKind fault)
    {
        var servers = OnServers.Any(kind => kind.Name == server) ? OnServers : OnlyTheLog;
        var world = await worlds.GetAsync(servers);
        var kind = servers.Single(kind => kind.Name == server);
        var pace = kind == ServerKind.FerretDb ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(250);

        var row = await new FaultRun(world, world.Server(kind), fault).RunAsync(pace, TestContext.Current.CancellationToken);

        FaultWorlds.Report(row);
        await world.AssertEqualsCleanRebuildAsync();
        Assert.Equal(0, row.Failed);
        if (kind.Missing is { } missing && CostsTheAnswer(kind, fault))
        {
            Assert.Contains(missing, row.Degraded, StringComparison.Ordinal);
        }
    }

    /// <summary>Whether answers must be degraded. Counts are cached in memory, so a slow BigQuery only delays their refresh.</summary>
    private static bool CostsTheAnswer(ServerKind kind, FaultKind fault) => fault switch
    {
        FaultKind.Killed or FaultKind.Cut => true,
        FaultKind.Paused or FaultKind.Slowed => kind != ServerKind.BigQuery,
        _ => false,
    };

    /// <summary>Runs the baseline once per world, and does not kill servers that lose their data, such as the BigQuery emulator.</summary>
    private static bool IsSensible(ServerKind kind, FaultKind fault) => fault switch
    {
        FaultKind.None => kind == OnServers[0] || kind == OnlyTheLog[0],
        FaultKind.Killed => kind != ServerKind.MongoJavaServer && kind != ServerKind.BigQuery,
        _ => true,
    };

    private static bool IsQuick(ServerKind kind, FaultKind fault) => fault switch
    {
        FaultKind.Killed => kind != ServerKind.Kafka && IsSensible(kind, fault),
        FaultKind.Paused => kind == ServerKind.MongoJavaServer,
        FaultKind.Cut => kind == ServerKind.BigQuery,
        _ => false,
    };
}
