using Marketing.AppHost;

// Aspire persists generated passwords only in the Development environment.
var builder = DistributedApplication.CreateBuilder(
    ["--environment=Development", .. Addresses.DashboardSettings(), .. Publishing.Settings(args), .. args]);

// The source of truth: interactions, users and campaigns.
var mongodb = builder.AddStore("mongodb", Containers.MongoDB);

// Which user did what with which campaign.
var neo4j = builder.AddStore("neo4j", Containers.Neo4j);

// Which users say similar things, and what campaigns are about.
var milvus = builder.AddStore("milvus", Containers.Milvus);

// The look-aside cache, and the channel that invalidates it in every process.
var redis = builder.AddStore("redis", Containers.Redis);

// The ingest queue under load, only on request: --Containers:kafka=true.
var kafka = builder.AddStore("kafka", Containers.Kafka, byDefault: false);

// Campaign engagement, as an alternative to the SQLite file that the programs share.
var bigquery = builder.AddStore("bigquery");

// Text embeddings, as an alternative to the embedded model.
var gemini = builder.AddGemini();

// Projects the log into the other stores. Without these servers the API hosts the projector: an embedded store belongs to one process.
if (milvus is not null && neo4j is not null && redis is not null)
{
    builder.AddProject<Projects.Marketing_Ingest>("ingest", project => project.ExcludeLaunchProfile = true)
        .WithHttpEndpoint(targetPort: builder.PortInContainer()).WithHttpHealthCheck("/health")
        .WithStores(mongodb, neo4j, milvus, redis, kafka, bigquery).WithGemini(gemini)
        .WithReplicas(builder.Replicas("Ingest"))
        .WithOwnSampler();
}

// Answers which campaign a user should see now.
var replicas = builder.ApiReplicas(milvus, redis);
builder.AddProject<Projects.Marketing_Api>("api", project => project.ExcludeLaunchProfile = true)
    .WithHttpEndpoint(port: builder.GetApiPort(), targetPort: builder.PortInContainer(), isProxied: replicas > 1)
    .WithExternalHttpEndpoints().WithHttpHealthCheck("/health")
    .WithStores(mongodb, neo4j, milvus, redis, kafka, bigquery).WithGemini(gemini)
    .WithReplicas(replicas)
    .WithOwnSampler().WithAdmin().WithAnnouncement();

// Defines what `aspire publish` writes.
builder.AddDeployment();

await builder.Build().RunAsync();
