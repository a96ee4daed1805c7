using System.Text.RegularExpressions;
using System.Xml.Linq;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Marketing.Decisions.Statistics;
using Marketing.Domain.Ports;
using Marketing.Evaluation;
using Marketing.Projections;
using Marketing.Recommendations;
using Marketing.Stores;
using Marketing.VectorIndex;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Marketing.Tests.Architecture;

/// <summary>Enforces the rules in docs/code-map.md.</summary>
public sealed class ArchitectureTests
{
    private const string Domain = "Marketing.Domain";
    private const string Projections = "Marketing.Projections";
    private const string Recommendations = "Marketing.Recommendations";
    private const string Decisions = "Marketing.Decisions";
    private const string Stores = "Marketing.Stores";
    private const string VectorIndex = "Marketing.VectorIndex";
    private const string ServiceDefaults = "Marketing.ServiceDefaults";
    private const string Api = "Marketing.Api";
    private const string Ingest = "Marketing.Ingest";

    /// <summary>The references each project may have; a project that is not listed fails the test.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [Domain] = [],
        [Projections] = [Domain],
        [Recommendations] = [Domain],
        [Decisions] = [Domain],
        [VectorIndex] = [],
        [Stores] = [Domain, Projections, VectorIndex],
        [ServiceDefaults] = [],
        [Api] = [Domain, Projections, Recommendations, Stores, ServiceDefaults],
        [Ingest] = [Domain, Projections, Recommendations, Stores, ServiceDefaults],
        ["Marketing.Evaluation"] = [Domain, Projections, Recommendations, Decisions, Stores],
        ["Marketing.AppHost"] = [Api, Ingest],
        ["Marketing.Benchmarks"] = [Domain, Projections, Recommendations, Decisions, Stores, VectorIndex, Api, Ingest],
        ["Marketing.Tests"] =
        [
            Domain, Projections, Recommendations, Decisions, Stores, VectorIndex, ServiceDefaults, Api, Ingest, "Marketing.Evaluation",
            "Marketing.AppHost",
        ],
    };

    /// <summary>The folders that may use each driver. The vector index and the embedding cache have their own SQLite files.</summary>
    private static readonly Dictionary<string, string[]> Drivers = new()
    {
        ["MongoDB"] = ["Marketing.Stores.Mongo"],
        ["Neo4j.Driver"] = ["Marketing.Stores.Neo4j"],
        ["Milvus.Client"] = ["Marketing.Stores.Milvus"],
        ["StackExchange.Redis"] = ["Marketing.Stores.Redis"],
        ["Confluent.Kafka"] = ["Marketing.Stores.Kafka"],
        ["Microsoft.Data.Sqlite"] = ["Marketing.Stores.Sqlite", "Marketing.VectorIndex.Storage", "Marketing.Stores.Embedding"],
        ["SQLitePCL"] = ["Marketing.Stores.Sqlite", "Marketing.VectorIndex.Storage", "Marketing.Stores.Embedding"],
        ["FastBertTokenizer"] = ["Marketing.Stores.Embedding"],
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
        typeof(EmbeddedVectorIndex).Assembly,
        typeof(Program).Assembly,
        typeof(Marketing.Ingest.Import.ImportExit).Assembly,
        typeof(IEvaluation).Assembly,
        typeof(Rate).Assembly,
    ];

    private static readonly ArchUnitNET.Domain.Architecture Code = new ArchLoader().LoadAssemblies(Projects).Build();

    public static TheoryData<string> ProjectNames => [.. Projects.Select(project => project.GetName().Name!)];

    public static TheoryData<string> DriverNames => [.. Drivers.Keys];

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void The_code_of_a_project_uses_only_what_the_map_allows(string project) => AssertAllowed(
        project, Projects.Single(one => one.GetName().Name == project).GetReferencedAssemblies().Select(reference => reference.Name!));

    [Fact]
    public void A_project_file_references_only_what_the_map_allows()
    {
        string root = Path.GetDirectoryName(Repository.Find("Marketing.sln"))!;
        string[] files = Directory.GetFiles(root, "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 });

        Assert.True(files.Length >= Projects.Length, "the project files are not found");
        Assert.All(files, file => AssertAllowed(
            Path.GetFileNameWithoutExtension(file),
            XDocument.Load(file).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))));
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
        Types().That().ResideInAssembly(Projects[0], Projects[1], Projects[2], Projects[3], Projects[4], Projects[7], Projects[8])
            .Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(@"^Microsoft\.AspNetCore"))
            .Because("what a request looks like is the API's business")
            .WithoutRequiringPositiveResults().Check(Code);

    private static void AssertAllowed(string project, IEnumerable<string> references)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is not in the table of allowed references.");
        Assert.All(references.Where(name => name.StartsWith("Marketing.", StringComparison.Ordinal)), reference => Assert.True(
            allowed.Contains(reference),
            $"{project} must not reference {reference}; it may reference {string.Join(", ", allowed.DefaultIfEmpty("nothing"))}."));
    }

    private static string Below(params string[] names) => $@"^({string.Join('|', names.Select(Regex.Escape))})(\.|$)";
}
