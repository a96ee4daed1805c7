using Marketing.AppHost;

// Development: the environment in which Aspire remembers the passwords that it generates.
var builder = DistributedApplication.CreateBuilder(
    ["--environment=Development", .. Addresses.OfTheDashboard(), .. Publishing.Settings(args), .. args]);

// The source of truth: interactions, users, campaigns.
var mongodb = builder.AddStore("mongodb", Containers.MongoDB);

// Who did what with which campaign.
var neo4j = builder.AddStore("neo4j", Containers.Neo4j);

// Who said something similar, and what campaigns are about.
var milvus = builder.AddStore("milvus", Containers.Milvus);

// The look-aside cache, and the channel that invalidates it in every process.
var redis = builder.AddStore("redis", Containers.Redis);

// The front door under load: only when asked for, --Containers:kafka=true.
var kafka = builder.AddStore("kafka", Containers.Kafka, byDefault: false);

// How campaigns perform, where that is not counted in a file that the programs share.
var bigquery = builder.AddStore("bigquery");

// Makes vectors of texts, where that is not done by the embedded model.
var gemini = builder.AddGemini();

// Projects the log into the other stores. Without these servers the API does it: embedded stores belong to one process.
if (milvus is not null && neo4j is not null && redis is not null)
{
    builder.AddProject<Projects.Marketing_Ingest>("ingest", project => project.ExcludeLaunchProfile = true)
        .WithHttpEndpoint(targetPort: builder.PortInContainer()).WithHttpHealthCheck("/health")
        .WithStores(mongodb, neo4j, milvus, redis, kafka, bigquery).WithGemini(gemini)
        .WithReplicas(builder.Replicas("Ingest"))
        .WithOwnSampler();
}

// Answers which campaign this person should see now.
var replicas = builder.ApiReplicas(milvus, redis);
builder.AddProject<Projects.Marketing_Api>("api", project => project.ExcludeLaunchProfile = true)
    .WithHttpEndpoint(port: builder.PortOfTheApi(), targetPort: builder.PortInContainer(), isProxied: replicas > 1)
    .WithExternalHttpEndpoints().WithHttpHealthCheck("/health")
    .WithStores(mongodb, neo4j, milvus, redis, kafka, bigquery).WithGemini(gemini)
    .WithReplicas(replicas)
    .WithOwnSampler().WithAdmin().WithAnnouncement();

// What `aspire publish` writes of all this.
builder.AddDeployment();

await builder.Build().RunAsync();
