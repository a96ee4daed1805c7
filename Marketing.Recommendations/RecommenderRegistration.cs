using Marketing.Domain.Ports;
using Marketing.Recommendations.Caching;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Learned.Catalog;
using Marketing.Recommendations.Learned.Engagement;
using Marketing.Recommendations.Learned.ItemItem;
using Marketing.Recommendations.Learned.Profiles;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Recall;
using Marketing.Recommendations.Recall.Behaviour;
using Marketing.Recommendations.Recall.CampaignText;
using Marketing.Recommendations.Recall.Popular;
using Marketing.Recommendations.Recall.Profile;
using Marketing.Recommendations.Recall.SimilarUsers;
using Marketing.Recommendations.Recall.Trending;
using Marketing.Recommendations.Strategies;
using Marketing.Recommendations.Strategies.Classic;
using Marketing.Recommendations.Strategies.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations;

/// <summary>Registers the recommender; the host registers the stores and the embedder.</summary>
public static class RecommenderRegistration
{
    /// <summary>Adds <see cref="IRecommender"/>, its strategies, its cache and the background model refresh.</summary>
    public static TBuilder AddMarketingRecommender<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHybridCache().AddSerializer<CachedAnswer, AnswerSerializer>();
        builder.Services.AddOptions<MemoryCacheOptions>().Configure<IOptions<PipelineOptions>>(
            static (memory, pipeline) => memory.SizeLimit = pipeline.Value.CacheBytes);
        builder.Services
            .AddModels()
            .AddPipeline()
            .AddSources()
            .AddStrategies();
        return builder;
    }

    /// <summary>
    /// For a process that projects but does not recommend: tells those that do whose answers are stale, and the scheduled job
    /// <c>models</c> asks them to relearn. Needs an <see cref="IRecommenderChannel"/>.
    /// </summary>
    public static TBuilder AddRemoteAnswerInvalidation<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHybridCache();
        builder.Services.AddSingleton<IAnswerInvalidation, RemoteAnswerInvalidation>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IMaintenanceJob, LearnJob>());
        return builder;
    }

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
        services.AddSingleton<StoreBreakers>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<ModelReader>();
        services.AddSingleton<ContextReader>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<IAnswerInvalidation, AnswerInvalidation>();
        services.AddHostedService<ChannelListener>();
        services.AddSingleton<IRecommender, Recommender>();
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
