using System.Text.RegularExpressions;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Marketing.Domain.Ports;
using Marketing.Evaluation;
using Marketing.Projections;
using Marketing.Recommendations;
using Marketing.Stores;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Marketing.Tests.Architecture;

/// <summary>Enforces the rules in docs/code-map.md.</summary>
public sealed class ArchitectureTests
{
    private const string Domain = "Marketing.Domain";
    private const string Projections = "Marketing.Projections";
    private const string Recommendations = "Marketing.Recommendations";
    private const string Stores = "Marketing.Stores";
    private const string ServiceDefaults = "Marketing.ServiceDefaults";

    /// <summary>The references each project may have; a project that is not listed fails the test.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [Domain] = [],
        [Projections] = [Domain],
        [Recommendations] = [Domain],
        [Stores] = [Domain, Projections],
        [ServiceDefaults] = [],
        ["Marketing.Api"] = [Domain, Projections, Recommendations, Stores, ServiceDefaults],
        ["Marketing.Ingest"] = [Domain, Projections, Recommendations, Stores, ServiceDefaults],
        ["Marketing.Evaluation"] = [Domain, Projections, Recommendations, Stores],
    };

    /// <summary>The folders that may use each driver. The vector index and the embedding cache have their own SQLite files.</summary>
    private static readonly Dictionary<string, string[]> Drivers = new()
    {
        ["MongoDB"] = ["Marketing.Stores.Mongo"],
        ["Neo4j.Driver"] = ["Marketing.Stores.Neo4j"],
        ["Milvus.Client"] = ["Marketing.Stores.Milvus"],
        ["StackExchange.Redis"] = ["Marketing.Stores.Redis"],
        ["Confluent.Kafka"] = ["Marketing.Stores.Kafka"],
        ["Microsoft.Data.Sqlite"] = ["Marketing.Stores.Sqlite", "Marketing.Stores.InProcess", "Marketing.Stores.Embedding"],
        ["SQLitePCL"] = ["Marketing.Stores.Sqlite", "Marketing.Stores.InProcess", "Marketing.Stores.Embedding"],
        ["Google.Apis"] = ["Marketing.Stores.BigQuery"],
        ["OpenAI"] = ["Marketing.Stores.OpenAICompatible"],
        ["Quartz"] = ["Marketing.Stores.Quartz"],
    };

    private static readonly Assembly[] Projects =
    [
        typeof(IInteractionLog).Assembly,
        typeof(ProjectionRegistration).Assembly,
        typeof(IRecommender).Assembly,
        typeof(ProjectionHost).Assembly,
        typeof(Program).Assembly,
        typeof(Marketing.Ingest.Import.ImportExit).Assembly,
        typeof(IEvaluation).Assembly,
    ];

    private static readonly ArchUnitNET.Domain.Architecture Code = new ArchLoader().LoadAssemblies(Projects).Build();

    public static TheoryData<string> ProjectNames => [.. Projects.Select(project => project.GetName().Name!)];

    public static TheoryData<string> DriverNames => [.. Drivers.Keys];

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void A_project_references_only_what_the_map_allows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is not in the table of allowed references.");
        var references = Projects.Single(one => one.GetName().Name == project).GetReferencedAssemblies()
            .Select(reference => reference.Name!).Where(name => name.StartsWith("Marketing.", StringComparison.Ordinal));
        Assert.All(references, reference => Assert.True(
            allowed.Contains(reference),
            $"{project} must not reference {reference}; it may reference {string.Join(", ", allowed.DefaultIfEmpty("nothing"))}."));
    }

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void No_folder_of_a_project_is_in_a_cycle_with_another(string project) => Assert.Null(FolderCycles.Find(Code, project));

    [Theory]
    [MemberData(nameof(DriverNames))]
    public void A_driver_does_not_leave_its_folder(string driver) =>
        Types().That().DoNotResideInNamespaceMatching(Below(Drivers[driver]))
            .Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(Below(driver)))
            .Because($"only {string.Join(", ", Drivers[driver])} may know {driver}")
            .WithoutRequiringPositiveResults().Check(Code);

    [Fact]
    public void Only_the_programs_know_ASP_NET() =>
        Types().That().ResideInAssembly(Projects[0], Projects[1], Projects[2], Projects[3], Projects[6])
            .Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(@"^Microsoft\.AspNetCore"))
            .Because("what a request looks like is the API's business")
            .WithoutRequiringPositiveResults().Check(Code);

    private static string Below(params string[] names) => $@"^({string.Join('|', names.Select(Regex.Escape))})(\.|$)";
}
