using Marketing.Api;
using Marketing.Recommender;
using Marketing.Recommender.Projections;
using Marketing.Stores;
using Marketing.Stores.Health;
using Marketing.Stores.Quartz;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMarketingStores();
builder.AddStoreHealth();
builder.AddMarketingRecommender();
builder.AddProjector();
builder.AddJobSchedule();
builder.Services.AddSampleWorldOnFirstRun();
builder.AddApi();

var app = builder.Build();
app.MapApi();
app.MapDefaultEndpoints();
await app.RunAsync();
