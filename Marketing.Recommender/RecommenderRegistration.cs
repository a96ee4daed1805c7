using Marketing.Recommender.Maintenance;
using Marketing.Recommender.Models;
using Marketing.Recommender.Models.Catalog;
using Marketing.Recommender.Models.Engagement;
using Marketing.Recommender.Models.ItemItem;
using Marketing.Recommender.Models.Profiles;
using Marketing.Recommender.Pipeline;
using Marketing.Recommender.Pipeline.Steps;
using Marketing.Recommender.Ports;
using Marketing.Recommender.Sources;
using Marketing.Recommender.Sources.Behaviour;
using Marketing.Recommender.Sources.CampaignText;
using Marketing.Recommender.Sources.Popular;
using Marketing.Recommender.Sources.Profile;
using Marketing.Recommender.Sources.SimilarUsers;
using Marketing.Recommender.Sources.Trending;
using Marketing.Recommender.Strategies.Classic;
using Marketing.Recommender.Strategies.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender;

/// <summary>Registers the recommender. The stores and the embedder are registered by whoever has them.</summary>
public static class RecommenderRegistration
{
    /// <summary>Adds <see cref="IRecommender"/>, its strategies, its cache, and what keeps its models up to date.</summary>
    public static TBuilder AddMarketingRecommender<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHybridCache();
        builder.Services.AddOptions<MemoryCacheOptions>().Configure<IOptions<PipelineOptions>>(
            static (memory, pipeline) => memory.SizeLimit = pipeline.Value.CacheBytes);
        builder.Services
            .AddModels()
            .AddPipeline()
            .AddSources()
            .AddStrategies();
        return builder;
    }

    /// <summary>Adds the channel by which several processes tell each other whose cached answers are old.</summary>
    public static IServiceCollection AddInvalidationChannel<TChannel>(this IServiceCollection services)
        where TChannel : class, IInvalidationChannel => services
        .AddSingleton<IInvalidationChannel, TChannel>()
        .AddHostedService<InvalidationListener>();

    // The first one is the default.
    private static IServiceCollection AddStrategies(this IServiceCollection services) => services
        .AddSingleton<IRecommendationStrategy, HybridStrategy>()
        .AddSingleton<IRecommendationStrategy, ClassicStrategy>();

    private static IServiceCollection AddSources(this IServiceCollection services) => services
        .AddSource<SimilarUsersSource>()
        .AddSource<MeaningSource>()
        .AddSource<ProfileSource>()
        .AddSource<BehaviourSource>()
        .AddSource<TrendingSource>()
        .AddSource<PopularSource>();

    private static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddRecommenderOptions();
        services.TryAddSingleton(static _ => new LostProjections(isAttended: false));
        services.TryAddSingleton<StoreOutcomes>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<ModelReader>();
        services.AddSingleton<ContextReader>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<IRecommender, Pipeline.Recommender>();
        return services;
    }

    private static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddSingleton<CatalogLoader>();
        services.AddSingleton<EngagementLoader>();
        services.AddSingleton<ItemItemLearner>();
        services.AddSingleton<ProfileLearner>();
        services.AddSingleton<ModelHolder>();
        services.AddSingleton<IModelRefresher>(provider => provider.GetRequiredService<ModelHolder>());
        services.AddHostedService<ModelRefreshService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMaintenanceJob, LearnJob>());
        return services;
    }

    private static IServiceCollection AddSource<TSource>(this IServiceCollection services)
        where TSource : class, IRecallSource
    {
        services.AddSingleton<TSource>();
        services.AddSingleton<IRecallSource>(provider => provider.GetRequiredService<TSource>());
        return services;
    }
}
