using Marketing.AppHost;

// Development: the environment in which Aspire remembers the passwords that it generates.
var builder = DistributedApplication.CreateBuilder(["--environment=Development", .. args]);

// The source of truth: interactions, users, campaigns.
var mongodb = builder.AddStore("mongodb", name => builder.AddMongoDB("mongo").WithDataVolume("marketing-mongodb").AddDatabase(name, "marketing"));

// Who did what with which campaign.
var neo4j = builder.AddStore("neo4j", name => builder.AddNeo4j(name).WithDataVolume("marketing-neo4j"));

// Who said something similar, and what campaigns are about.
var milvus = builder.AddStore("milvus", name => builder.AddMilvus(name).WithDataVolume("marketing-milvus").WithHealthCheck());

// The look-aside cache, and the channel that invalidates it in every process.
var redis = builder.AddStore("redis", name => builder.AddRedis(name).WithDataVolume("marketing-redis"));

// The front door under load: only when asked for, --Containers:kafka=true.
var kafka = builder.AddStore("kafka", name => builder.AddKafka(name).WithDataVolume("marketing-kafka"), byDefault: false);

// Projects the log into the other stores. Without these servers the API does it: embedded stores belong to one process.
if (milvus is not null && neo4j is not null && redis is not null)
{
    builder.AddProject<Projects.Marketing_Ingest>("ingest", project => project.ExcludeLaunchProfile = true)
        .WithHttpEndpoint(targetPort: builder.PortInContainer()).WithHttpHealthCheck("/health")
        .WithStores(mongodb, neo4j, milvus, redis, kafka)
        .WithReplicas(builder.Configuration.GetValue("Ingest:Replicas", 1));
}

// Answers which campaign this person should see now.
builder.AddProject<Projects.Marketing_Api>("api", project => project.ExcludeLaunchProfile = true)
    .WithHttpEndpoint(port: 5080, targetPort: builder.PortInContainer()).WithExternalHttpEndpoints().WithHttpHealthCheck("/health")
    .WithStores(mongodb, neo4j, milvus, redis, kafka)
    .WithReplicas(builder.ApiReplicas(milvus, redis))
    .WithAdmin();

// What `aspire publish` writes of all this.
builder.AddDeployment();

await builder.Build().RunAsync();
